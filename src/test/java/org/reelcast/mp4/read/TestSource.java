package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.Arrays;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.SourceId;

/** A source in memory that counts, and can be made awkward: small reads, errors. */
final class TestSource implements ByteSource {
    private final byte[] before;
    private final long gap;
    private final byte[] after;
    int maxRead = Integer.MAX_VALUE;
    /** Reads of bytes from here on fail. */
    long failFrom = Long.MAX_VALUE;

    long reads;
    long bytesRead;

    TestSource(byte[] bytes) {
        this(bytes, 0, new byte[0]);
    }

    /** @param gap zeros between the two parts */
    TestSource(byte[] before, long gap, byte[] after) {
        this.before = before;
        this.gap = gap;
        this.after = after;
    }

    @Override
    public SourceId id() {
        return new SourceId("memory", size(), "1");
    }

    @Override
    public long size() {
        return before.length + gap + after.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        if (position >= size()) {
            return -1;
        }
        int n = (int) Math.min(Math.min(length, maxRead), size() - position);
        if (position + n > failFrom) {
            throw new IOException("The disk is on fire");
        }
        reads++;
        if (position < before.length) {
            n = (int) Math.min(n, before.length - position);
            System.arraycopy(before, (int) position, target, offset, n);
        } else if (position < before.length + gap) {
            n = (int) Math.min(n, before.length + gap - position);
            Arrays.fill(target, offset, offset + n, (byte) 0);
        } else {
            System.arraycopy(after, (int) (position - before.length - gap), target, offset, n);
        }
        bytesRead += n;
        return n;
    }

    @Override
    public void close() {
        // nothing to close
    }
}
