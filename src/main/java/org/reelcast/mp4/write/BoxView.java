package org.reelcast.mp4.write;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A box in memory, read only; of those that {@link FragmentWriter} writes, whose sizes are 32 bits. */
final class BoxView {
    private final ByteBuffer bytes;
    private final int start;
    private final int end;

    /** The box at {@code start}. */
    BoxView(ByteBuffer bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    /** The boxes between two places; what does not fit ends the list. */
    static List<BoxView> list(ByteBuffer bytes, int from, int to) {
        List<BoxView> boxes = new ArrayList<>();
        int at = from;
        while (to - at >= 8) {
            int length = bytes.getInt(at);
            if (length < 8 || length > to - at) {
                break;
            }
            boxes.add(new BoxView(bytes, at, at + length));
            at += length;
        }
        return boxes;
    }

    List<BoxView> children() {
        return list(bytes, start + 8, end);
    }

    int type() {
        return bytes.getInt(start + 4);
    }

    /** Bytes of the payload. */
    int length() {
        return end - start - 8;
    }

    /** The number at {@code offset} of the payload; 0 when the box is too short. */
    int u32(int offset) {
        return offset + 4 > length() ? 0 : bytes.getInt(start + 8 + offset);
    }

    long u64(int offset) {
        return offset + 8 > length() ? 0 : bytes.getLong(start + 8 + offset);
    }

    /** The payload from {@code offset} on. */
    ByteBuffer payload(int offset) {
        return bytes.slice(start + 8 + offset, length() - offset);
    }
}
