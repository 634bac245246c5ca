package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.SourceId;

/** Bytes behind some place do not come to encoders before {@code go}; tells when they were asked for. */
final class StallingSource implements ByteSource {
    private final ByteSource bytes;
    private final long from;
    private final CountDownLatch go;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();

    StallingSource(ByteSource bytes, long from, CountDownLatch go) {
        this.bytes = bytes;
        this.from = from;
        this.go = go;
    }

    boolean stalls() {
        return go.getCount() > 0;
    }

    void awaitAsked() throws InterruptedException {
        asked.await();
    }

    /** Encoders that wait for bytes. */
    int waiting() {
        return waiting.get();
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
        if (stalls() && Thread.currentThread().getName().startsWith("reelcast-encoder")) {
            if (position >= from) {
                stall();
            }
            int before = position < from ? (int) Math.min(length, from - position) : length;
            return bytes.read(position, target, offset, before);
        }
        return bytes.read(position, target, offset, length);
    }

    private void stall() throws IOException {
        waiting.incrementAndGet();
        asked.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            waiting.decrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
