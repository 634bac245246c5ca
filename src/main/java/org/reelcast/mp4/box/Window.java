package org.reelcast.mp4.box;

import java.io.IOException;
import org.reelcast.bitstream.BigEndian;
import org.reelcast.storage.ByteSource;

/**
 * A buffer that slides over a {@link ByteSource} and reads big-endian numbers at any position, so that walking forward
 * costs few and large reads. Used by one thread.
 */
public final class Window {
    private final ByteSource source;
    private final byte[] buffer;
    /** Read ahead no farther than this. */
    private final long ahead;

    private long start;
    private int filled;

    /** @param capacity bytes read ahead at a time */
    public Window(ByteSource source, int capacity) {
        this.source = source;
        this.ahead = source instanceof HeldRange held ? held.end() : source.size();
        this.buffer = new byte[(int) Math.max(16, Math.min(capacity, source.size()))];
    }

    public ByteSource source() {
        return source;
    }

    public long size() {
        return source.size();
    }

    public int u8(long position) throws IOException {
        return buffer[at(position, 1)] & 0xff;
    }

    public int u16(long position) throws IOException {
        return BigEndian.u16(buffer, at(position, 2));
    }

    public int i32(long position) throws IOException {
        return BigEndian.i32(buffer, at(position, 4));
    }

    public long u32(long position) throws IOException {
        return i32(position) & 0xffff_ffffL;
    }

    public long i64(long position) throws IOException {
        return BigEndian.i64(buffer, at(position, 8));
    }

    /** A copy of {@code length} bytes; the caller has bounded the length. */
    public byte[] bytes(long position, int length) throws IOException {
        if (position < 0 || length > source.size() - position) {
            throw Refusals.broken("The file ends within its header");
        }
        byte[] bytes = new byte[length];
        int inside =
                position >= start && position < start + filled ? (int) Math.min(length, start + filled - position) : 0;
        System.arraycopy(buffer, inside > 0 ? (int) (position - start) : 0, bytes, 0, inside);
        if (inside < length && source.readFully(position + inside, bytes, inside, length - inside) < length - inside) {
            throw Refusals.broken("The file ends within its header");
        }
        return bytes;
    }

    /** The source with {@code length} bytes of it, bounded by the caller, in memory. */
    public HeldRange hold(long position, int length) throws IOException {
        return new HeldRange(source, position, bytes(position, length));
    }

    /** @return the index in the buffer where {@code count} bytes from {@code position} are */
    private int at(long position, int count) throws IOException {
        if (position < start || position + count > start + filled) {
            if (position < 0 || count > source.size() - position) {
                throw Refusals.broken("The file ends within its header");
            }
            start = position;
            filled = 0;
            filled = source.readFully(
                    position, buffer, 0, (int) Math.min(buffer.length, Math.max(count, ahead - position)));
            if (filled < count) {
                throw new IOException(source.id().location() + " became shorter while it was read");
            }
        }
        return (int) (position - start);
    }
}
