/**
 * Films by HLS and DASH: playlists that follow from the index and the time of day, segments made when they are asked
 * for.
 */
package org.reelcast.output.hls.film;
