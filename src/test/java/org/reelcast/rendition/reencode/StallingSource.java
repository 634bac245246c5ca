package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.SourceId;

/** Bytes behind some place do not come to encoders before {@code go}; tells when they were asked for. */
record StallingSource(ByteSource bytes, long from, CountDownLatch go, CountDownLatch asked) implements ByteSource {
    StallingSource(ByteSource bytes, long from, CountDownLatch go) {
        this(bytes, from, go, new CountDownLatch(1));
    }

    @Override
    public SourceId id() {
        return bytes.id();
    }

    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        if (go.getCount() > 0 && Thread.currentThread().getName().startsWith("reelcast-encoder")) {
            if (position >= from) {
                asked.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            int before = position < from ? (int) Math.min(length, from - position) : length;
            return bytes.read(position, target, offset, before);
        }
        return bytes.read(position, target, offset, length);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
