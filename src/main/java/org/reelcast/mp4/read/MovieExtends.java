package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.mp4.box.Boxes;
import org.reelcast.mp4.box.Window;
import org.reelcast.mp4.index.Timeline;

/**
 * Reads {@code mvex}: a movie that goes on in fragments (ISO 14496-12 section 8.8.1).
 *
 * @param defaults by track_ID
 * @param duration in the movie's time scale; 0 when the file does not say
 */
record MovieExtends(Map<Integer, TrackDefaults> defaults, long duration) {

    static MovieExtends read(Window window, Box mvex) throws IOException {
        Map<Integer, TrackDefaults> defaults = new HashMap<>();
        List<Box> boxes = Boxes.children(window, mvex);
        for (Box box : boxes) {
            if (box.is(BoxType.TREX)) {
                TrackDefaults trex = TrackDefaults.ofTrex(window, box);
                defaults.put(window.i32(box.payload() + 4), trex);
            }
        }
        Box mehd = Boxes.first(boxes, BoxType.MEHD);
        long duration = 0;
        if (mehd != null && mehd.length() >= 8) {
            boolean wide = window.u8(mehd.payload()) == 1 && mehd.length() >= 12;
            duration = wide ? window.i64(mehd.payload() + 4) : window.u32(mehd.payload() + 4);
        }
        return new MovieExtends(defaults, duration);
    }

    /**
     * How long the film is by a segment index (section 8.16.3), in microseconds.
     *
     * @param sidx one that stands before the first fragment
     */
    static long durationUs(Window window, Box sidx) throws IOException {
        if (sidx.length() < 24) {
            return 0;
        }
        long timescale = window.u32(sidx.payload() + 8);
        int head = window.u8(sidx.payload()) == 0 ? 24 : 32;
        if (timescale == 0 || sidx.length() < head) {
            return 0;
        }
        int count = window.u16(sidx.payload() + head - 2);
        long duration = 0;
        for (int i = 0; i < count && head + 12L * (i + 1) <= sidx.length(); i++) {
            duration += window.u32(sidx.payload() + head + 12L * i + 4);
        }
        return Timeline.toUs(Math.min(duration, Timeline.maxTime(timescale)), timescale);
    }

    TrackDefaults defaults(int trackId) {
        return defaults.getOrDefault(trackId, TrackDefaults.NONE);
    }
}
