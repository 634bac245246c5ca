package org.reelcast.mp4.box;

import java.io.IOException;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.SourceId;

/** A source of which one range is in memory already: the movie header, while it is read. */
public final class HeldRange implements ByteSource {
    private final ByteSource source;
    private final long start;
    private final byte[] held;

    public HeldRange(ByteSource source, long start, byte[] held) {
        this.source = source;
        this.start = start;
        this.held = held;
    }

    /** @param length within the file, bounded by the caller */
    public static HeldRange of(ByteSource source, long start, int length) throws IOException {
        byte[] held = new byte[length];
        if (source.readFully(start, held, 0, length) < length) {
            throw new IOException(source.id().location() + " became shorter while it was read");
        }
        return new HeldRange(source, start, held);
    }

    /** Behind what is held. */
    public long end() {
        return start + held.length;
    }

    @Override
    public SourceId id() {
        return source.id();
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        long at = position - start;
        if (at < 0 || at >= held.length) {
            return source.read(position, target, offset, length);
        }
        int n = (int) Math.min(length, held.length - at);
        System.arraycopy(held, (int) at, target, offset, n);
        return n;
    }

    /** The source stays open: it is its owner's. */
    @Override
    public void close() {
        // nothing of our own to close
    }
}
