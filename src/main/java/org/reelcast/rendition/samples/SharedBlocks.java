package org.reelcast.rendition.samples;

import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.reelcast.storage.ByteSource;

/**
 * The blocks of one film that its readers hold at the moment. Who comes to a place where another reader is, or was a
 * moment ago, gets the same array instead of a copy: viewers who started together need the memory of one. Nothing is
 * kept that nobody else holds. For any thread.
 */
public final class SharedBlocks {
    private final Map<Long, Place> places = new HashMap<>();
    private final ReferenceQueue<byte[]> forgotten = new ReferenceQueue<>();

    /** An array that begins at {@code position}, as long as somebody holds it. */
    private static final class Place extends WeakReference<byte[]> {
        private final long position;

        Place(long position, byte[] block, ReferenceQueue<byte[]> forgotten) {
            super(block, forgotten);
            this.position = position;
        }
    }

    /**
     * The bytes from {@code position} on, at most {@code length} of them, fewer at the end of the source; never to be
     * written to.
     *
     * @throws IOException when they cannot be read
     */
    byte[] read(ByteSource source, long position, int length) throws IOException {
        byte[] held = held(position);
        if (held != null && held.length == length) {
            return held;
        }
        byte[] fresh = new byte[length];
        int got = source.readFully(position, fresh, 0, length);
        if (got < length) {
            return Arrays.copyOf(fresh, got);
        }
        hold(position, fresh);
        return fresh;
    }

    private synchronized byte[] held(long position) {
        Place place = places.get(position);
        return place == null ? null : place.get();
    }

    private synchronized void hold(long position, byte[] block) {
        for (Reference<? extends byte[]> gone = forgotten.poll(); gone != null; gone = forgotten.poll()) {
            places.remove(((Place) gone).position, gone);
        }
        places.put(position, new Place(position, block, forgotten));
    }
}
