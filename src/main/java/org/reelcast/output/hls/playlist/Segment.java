package org.reelcast.output.hls.playlist;

import java.util.List;

/**
 * A media segment as a playlist lists it.
 *
 * @param uri        relative to the playlist; empty for one that is still in the making, of which parts are listed
 * @param dateUs     when it is shown, in µs since 1970; 0 for none
 * @param parts      those to be listed
 * @param map        its initialization segment; empty for MPEG-TS
 * @param discontinuous whether its times or its coding do not go on from the segment before
 */
public record Segment(String uri, long durationUs, long dateUs, List<Part> parts, String map, boolean discontinuous) {

    /** One that is whole and without parts. */
    public static Segment of(String uri, long durationUs, long dateUs, String map) {
        return new Segment(uri, durationUs, dateUs, List.of(), map, false);
    }
}
