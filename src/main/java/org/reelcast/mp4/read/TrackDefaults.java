package org.reelcast.mp4.read;

import java.io.IOException;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.mp4.box.Window;

/**
 * What samples of a fragment are like when the fragment does not say ({@code trex} and {@code tfhd}, ISO 14496-12
 * sections 8.8.3 and 8.8.7).
 *
 * @param entry    sample entry, counted from 1
 * @param duration in the track's time scale
 * @param size     in bytes
 * @param flags    section 8.8.3.1
 */
record TrackDefaults(long entry, int duration, int size, int flags) {
    static final TrackDefaults NONE = new TrackDefaults(1, 0, 0, 0);

    private static final int HAS_BASE = 0x1;
    private static final int HAS_ENTRY = 0x2;
    private static final int HAS_DURATION = 0x8;
    private static final int HAS_SIZE = 0x10;
    private static final int HAS_FLAGS = 0x20;

    /** Reads a {@code trex}; its track_ID is the caller's. */
    static TrackDefaults ofTrex(Window window, Box trex) throws IOException {
        if (trex.length() < 24) {
            throw Refusals.broken("Box 'trex' is cut off");
        }
        long at = trex.payload() + 8;
        return new TrackDefaults(window.u32(at), window.i32(at + 4), window.i32(at + 8), window.i32(at + 12));
    }

    /** These defaults as far as a {@code tfhd} does not name others. */
    TrackDefaults with(Window window, Box tfhd) throws IOException {
        int has = window.i32(tfhd.payload());
        long at = tfhd.payload() + 8 + ((has & HAS_BASE) != 0 ? 8 : 0);
        long newEntry = entry;
        int newDuration = duration;
        int newSize = size;
        int newFlags = flags;
        if ((has & HAS_ENTRY) != 0) {
            newEntry = window.u32(at);
            at += 4;
        }
        if ((has & HAS_DURATION) != 0) {
            newDuration = window.i32(at);
            at += 4;
        }
        if ((has & HAS_SIZE) != 0) {
            newSize = window.i32(at);
            at += 4;
        }
        if ((has & HAS_FLAGS) != 0) {
            newFlags = window.i32(at);
            at += 4;
        }
        if (at > tfhd.end()) {
            throw Refusals.broken("Box 'tfhd' is cut off");
        }
        return new TrackDefaults(newEntry, newDuration, newSize, newFlags);
    }
}
