/** Playlists of HLS as text (RFC 8216 and its second edition): media and multivariant playlists. */
package org.reelcast.output.hls.playlist;
