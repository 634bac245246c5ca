/** HTTP of HLS: answers that wait without a thread, caching headers, compression, the cache of segments. */
package org.reelcast.output.hls.http;
