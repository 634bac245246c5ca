package org.reelcast.storage.s3;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reelcast.storage.RemoteSource;
import org.reelcast.storage.SourceId;

/** Somebody's hold on an object in S3. */
final class S3Source implements RemoteSource {
    private final S3Object object;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param release gives the hold back */
    S3Source(S3Object object, Runnable release) {
        this.object = object;
        this.release = release;
    }

    @Override
    public SourceId id() {
        return object.id();
    }

    @Override
    public long size() {
        return object.id().size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        if (closed.get()) {
            throw new IOException(object.id().location() + " is closed");
        }
        if (position >= size()) {
            return -1;
        }
        return length == 0 ? 0 : object.read(position, target, offset, length);
    }

    @Override
    public long downloadedBytes() {
        return object.downloadedBytes();
    }

    @Override
    public boolean isHere(long from, long to) {
        return object.isHere(from, to);
    }

    @Override
    public boolean isDownloading() {
        return object.isDownloading();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }

    @Override
    public String toString() {
        return object.id().location();
    }
}
