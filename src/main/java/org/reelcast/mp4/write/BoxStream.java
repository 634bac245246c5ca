package org.reelcast.mp4.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Boxes too large for memory, written from front to back. What a box holds must be written twice in the same way: first
 * to measure, then, after {@link #startWriting}, with the sizes known. While it measures, tables are just skipped.
 */
final class BoxStream {
    private static final int BUFFER = 64 << 10;

    private final List<Long> sizes = new ArrayList<>();
    private final Deque<long[]> open = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private WritableByteChannel channel;
    private int next;
    private long position;

    boolean isMeasuring() {
        return channel == null;
    }

    void startWriting(WritableByteChannel to) {
        channel = to;
        position = 0;
    }

    /** Bytes written or measured. */
    long position() {
        return position;
    }

    void open(int type) throws IOException {
        if (isMeasuring()) {
            open.push(new long[] {sizes.size(), position});
            sizes.add(0L);
            position += 8;
        } else {
            u32(sizes.get(next++).intValue());
            u32(type);
        }
    }

    void close() {
        if (isMeasuring()) {
            long[] box = open.pop();
            sizes.set((int) box[0], position - box[1]);
        }
    }

    /** What will be written later is so long. */
    void skip(long count) {
        position += count;
    }

    void u32(int value) throws IOException {
        room(4);
        position += 4;
        if (!isMeasuring()) {
            buffer.putInt(value);
        }
    }

    void u64(long value) throws IOException {
        u32((int) (value >> 32));
        u32((int) value);
    }

    void bytes(ByteBuffer more) throws IOException {
        position += more.remaining();
        while (!isMeasuring() && more.hasRemaining()) {
            room(1);
            int count = Math.min(buffer.remaining(), more.remaining());
            ByteBuffer part = more.slice(more.position(), count);
            more.position(more.position() + count);
            buffer.put(part);
        }
    }

    private void room(int count) throws IOException {
        if (buffer.remaining() < count) {
            flush();
        }
    }

    void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
