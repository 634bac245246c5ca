package org.reelcast.mp4.write;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.reelcast.bitstream.BigEndian;
import org.reelcast.mp4.box.BoxType;

/** Boxes in the making (ISO 14496-12 section 4.2): a buffer that grows and knows which boxes are open. */
final class BoxBuffer {
    private static final int MAX_DEPTH = 16;

    private byte[] bytes = new byte[1024];
    private int length;
    private final int[] open = new int[MAX_DEPTH];
    private int depth;

    BoxBuffer open(String type) {
        open[depth++] = length;
        return u32(0).u32(BoxType.of(type));
    }

    /** Opens a box with version and flags (section 4.2.2). */
    BoxBuffer openFull(String type, int version, int flags) {
        return open(type).u32(version << 24 | flags);
    }

    /** Ends the box opened last, and says so in its size. */
    BoxBuffer close() {
        int start = open[--depth];
        return patch(start, length - start);
    }

    BoxBuffer u8(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    BoxBuffer u16(int value) {
        room(2);
        BigEndian.put16(bytes, length, value);
        length += 2;
        return this;
    }

    BoxBuffer u32(int value) {
        room(4);
        BigEndian.put32(bytes, length, value);
        length += 4;
        return this;
    }

    BoxBuffer u64(long value) {
        room(8);
        BigEndian.put64(bytes, length, value);
        length += 8;
        return this;
    }

    BoxBuffer zeros(int count) {
        room(count);
        Arrays.fill(bytes, length, length + count, (byte) 0);
        length += count;
        return this;
    }

    BoxBuffer ascii(String text) {
        return bytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    BoxBuffer bytes(byte[] more) {
        return bytes(more, 0, more.length);
    }

    BoxBuffer bytes(byte[] array, int offset, int count) {
        room(count);
        System.arraycopy(array, offset, bytes, length, count);
        length += count;
        return this;
    }

    /** Takes all that remains in {@code more}. */
    BoxBuffer bytes(ByteBuffer more) {
        int count = more.remaining();
        room(count);
        more.get(bytes, length, count);
        length += count;
        return this;
    }

    /** Sets the four bytes at {@code at}, which were written before. */
    BoxBuffer patch(int at, int value) {
        BigEndian.put32(bytes, at, value);
        return this;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
        depth = 0;
    }

    /** What there is so far, not copied. */
    ByteBuffer toRead() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
