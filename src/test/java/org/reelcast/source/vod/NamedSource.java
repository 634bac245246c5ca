package org.reelcast.source.vod;

import org.reelcast.storage.ByteSource;
import org.reelcast.storage.SourceId;

/** A file of which the name is all that counts. */
record NamedSource(String location, String version) implements ByteSource {
    @Override
    public SourceId id() {
        return new SourceId(location, 0, version);
    }

    @Override
    public long size() {
        return 0;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
        return -1;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
