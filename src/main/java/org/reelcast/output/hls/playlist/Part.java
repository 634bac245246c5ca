package org.reelcast.output.hls.playlist;

/**
 * A partial segment (draft-pantos-hls-rfc8216bis, EXT-X-PART).
 *
 * @param independent whether it starts with a key frame
 */
public record Part(String uri, long durationUs, boolean independent) {}
