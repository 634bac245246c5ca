package org.reelcast.mp4.read;

import java.io.IOException;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.mp4.box.Window;

/**
 * What an audio sample entry says beside its boxes (ISO 14496-12 section 12.2.3; QuickTime File Format, sound sample
 * descriptions of version 1 and 2).
 *
 * @param fixedBytes before its boxes
 * @param rate       in Hz
 * @param bits       of a sample of one channel
 * @param flags      formatSpecificFlags of version 2
 */
record AudioSampleDescription(int fixedBytes, int channels, int rate, int bits, int flags) {
    private static final int PLAIN_BYTES = 28;
    private static final int VERSION_1_BYTES = 16;
    private static final int VERSION_2_BYTES = 36;

    /** @param stsdVersion of the box around it: ISO's of version 1 has no version where QuickTime has one */
    static AudioSampleDescription read(Window window, Box box, int stsdVersion) throws IOException {
        if (box.length() < PLAIN_BYTES) {
            throw Refusals.broken("Sample entry '" + box.name() + "' is cut off");
        }
        long at = box.payload();
        int version = stsdVersion == 0 ? window.u16(at + 8) : 0;
        if (version == 2 && box.length() >= PLAIN_BYTES + VERSION_2_BYTES) {
            return new AudioSampleDescription(
                    PLAIN_BYTES + VERSION_2_BYTES,
                    window.i32(at + 40),
                    (int) Double.longBitsToDouble(window.i64(at + 32)),
                    window.i32(at + 48),
                    window.i32(at + 52));
        }
        return new AudioSampleDescription(
                PLAIN_BYTES + (version == 1 ? VERSION_1_BYTES : version == 2 ? VERSION_2_BYTES : 0),
                window.u16(at + 16),
                window.u16(at + 24),
                window.u16(at + 18),
                0);
    }
}
