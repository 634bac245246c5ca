/** What is published by HLS: cut into segments and parts as it comes, kept in a window of some seconds. */
package org.reelcast.output.hls.live;
