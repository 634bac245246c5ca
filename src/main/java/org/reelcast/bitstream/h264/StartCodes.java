package org.reelcast.bitstream.h264;

import java.util.ArrayList;
import java.util.List;
import org.reelcast.media.Slice;

/** Finds the NAL units in a byte stream (ITU-T H.264, annex B). */
public final class StartCodes {
    /** Bytes of a start code: 0, 0, 1. */
    static final int LENGTH = 3;

    private StartCodes() {}

    /** The units, as places in {@code stream}; delimiters and fillers left out. */
    public static Slice[] split(byte[] stream) {
        List<Slice> units = new ArrayList<>();
        int code = next(stream, 0, stream.length);
        while (code < stream.length) {
            int start = code + LENGTH;
            code = next(stream, start, stream.length);
            add(units, stream, start, trimmed(stream, start, code));
        }
        return units.toArray(Slice[]::new);
    }

    private static void add(List<Slice> units, byte[] stream, int start, int end) {
        if (end <= start) {
            return;
        }
        int type = NalType.of(stream[start]);
        if (type != NalType.AUD && type != NalType.FILLER) {
            units.add(new Slice(stream, start, end - start));
        }
    }

    /** Whether there is a start code, of three bytes or of four, at {@code offset}. */
    static boolean isAt(byte[] stream, int offset, int end) {
        return end - offset > LENGTH
                && stream[offset] == 0
                && stream[offset + 1] == 0
                && (stream[offset + 2] == 1 || stream[offset + 2] == 0 && stream[offset + 3] == 1);
    }

    /** Where the next start code is; {@code end} when there is none. */
    static int next(byte[] stream, int from, int end) {
        int i = from + 2;
        while (i < end) {
            int last = stream[i];
            if (last == 1 && stream[i - 1] == 0 && stream[i - 2] == 0) {
                return i - 2;
            }
            // a code that holds a byte other than 0 and 1 ends nowhere in the next two
            i += last == 0 || last == 1 ? 1 : LENGTH;
        }
        return end;
    }

    /** Where the unit that starts at {@code start} ends: before trailing_zero_8bits and the start of a longer code. */
    static int trimmed(byte[] stream, int start, int behind) {
        int end = behind;
        while (end > start && stream[end - 1] == 0) {
            end--;
        }
        return end;
    }
}
