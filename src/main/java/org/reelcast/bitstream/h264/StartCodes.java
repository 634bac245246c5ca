package org.reelcast.bitstream.h264;

import java.util.ArrayList;
import java.util.List;
import org.reelcast.media.Slice;

/** Finds the NAL units in a byte stream (ITU-T H.264, annex B). */
public final class StartCodes {

    private StartCodes() {
    }

    /** The units, as places in {@code stream}; delimiters and fillers left out. */
    public static Slice[] split(byte[] stream) {
        List<Slice> units = new ArrayList<>();
        int start = -1;
        int length = stream.length;
        for (int i = 0; i + 2 < length; i++) {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
                add(units, stream, start, i);
                start = i + 3;
                i += 2;
            }
        }
        add(units, stream, start, length);
        return units.toArray(Slice[]::new);
    }

    private static void add(List<Slice> units, byte[] stream, int start, int behind) {
        int end = behind;
        // trailing_zero_8bits, and the first byte of a four-byte start code
        while (end > start && start >= 0 && stream[end - 1] == 0) {
            end--;
        }
        if (start < 0 || end <= start) {
            return;
        }
        int type = NalType.of(stream[start]);
        if (type != NalType.AUD && type != NalType.FILLER) {
            units.add(new Slice(stream, start, end - start));
        }
    }
}
