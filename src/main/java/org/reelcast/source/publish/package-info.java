/** Streams that browsers publish by WebRTC. */
package org.reelcast.source.publish;
