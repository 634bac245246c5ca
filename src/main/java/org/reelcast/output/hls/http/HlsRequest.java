package org.reelcast.output.hls.http;

/**
 * What is asked of a stream or a film.
 *
 * @param resource the last part of the path, decoded
 * @param query    to be repeated behind each URI of a playlist: empty, or with its question mark; without the
 *                 delivery directives
 * @param sequence the delivery directive {@code _HLS_msn} (draft-pantos-hls-rfc8216bis section 6.2.5.2); -1 for none
 * @param part     {@code _HLS_part}; -1 for none
 * @param delta    {@code _HLS_skip}: whether what was in earlier lists may be left out
 */
public record HlsRequest(String resource, String query, long sequence, int part, boolean delta) {

    /** A part without its segment means nothing. */
    public boolean isMalformed() {
        return sequence < 0 && part >= 0;
    }
}
