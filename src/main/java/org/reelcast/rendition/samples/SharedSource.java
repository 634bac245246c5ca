package org.reelcast.rendition.samples;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.SourceId;

/**
 * The bytes of one file for work that several who have it open share: read through whichever is still open. One that is
 * closed in the middle of a read is replaced by another.
 */
public final class SharedSource implements ByteSource {
    private final SourceId id;
    private final long size;
    private final List<ByteSource> open = new CopyOnWriteArrayList<>();

    /**
     * Nothing can be read until a source is attached.
     *
     * @param first says which file it is and how long
     */
    public SharedSource(ByteSource first) {
        this.id = first.id();
        this.size = first.size();
    }

    /** {@code source} has the same bytes and may be read through until {@link #detach}. */
    public void attach(ByteSource source) {
        open.add(source);
    }

    /** {@code source} is no longer read through; a read under way that fails by it goes on in another. */
    public void detach(ByteSource source) {
        open.remove(source);
    }

    @Override
    public SourceId id() {
        return id;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        while (true) {
            ByteSource source = open.isEmpty() ? null : first();
            if (source == null) {
                throw new IOException("Nobody has " + id.location() + " open any more");
            }
            try {
                return source.read(position, target, offset, length);
            } catch (IOException e) {
                if (open.contains(source)) {
                    throw e;
                }
            }
        }
    }

    private ByteSource first() {
        try {
            return open.get(0);
        } catch (IndexOutOfBoundsException e) {
            return null;
        }
    }

    /** The sources are their owners'. */
    @Override
    public void close() {
        open.clear();
    }
}
