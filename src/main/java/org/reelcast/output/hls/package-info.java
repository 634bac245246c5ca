/** HLS and DASH: addresses, requests, and which of the streams or films is asked for. */
package org.reelcast.output.hls;
