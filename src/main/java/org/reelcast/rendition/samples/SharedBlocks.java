package org.reelcast.rendition.samples;

import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.reelcast.loop.AnyThread;
import org.reelcast.storage.ByteSource;

/**
 * The blocks of one film that its readers hold at the moment. Who comes to a place where another reader is, or was a
 * moment ago, gets the same array instead of a copy: viewers who started together need the memory of one, and a track
 * that is taken in two forms is read once. Nothing is kept that nobody else holds.
 */
@AnyThread
public final class SharedBlocks {
    private final TreeMap<Long, Place> places = new TreeMap<>();
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
     * Bytes of the source.
     *
     * @param position of the first one
     * @param bytes    never to be written to
     */
    record Block(long position, byte[] bytes) {}

    /**
     * A block that holds the bytes from {@code position} on: one that is there when it has {@code needed} of them, else
     * {@code length} that are read now, fewer at the end of the source.
     *
     * @throws IOException when they cannot be read
     */
    Block read(ByteSource source, long position, int needed, int length) throws IOException {
        Block held = held(position, needed);
        if (held != null) {
            return held;
        }
        byte[] fresh = new byte[length];
        int got = source.readFully(position, fresh, 0, length);
        if (got < length) {
            return new Block(position, Arrays.copyOf(fresh, got));
        }
        hold(position, fresh);
        return new Block(position, fresh);
    }

    private synchronized Block held(long position, int needed) {
        Map.Entry<Long, Place> place = places.floorEntry(position);
        byte[] bytes = place == null ? null : place.getValue().get();
        return bytes == null || position + needed > place.getKey() + bytes.length
                ? null
                : new Block(place.getKey(), bytes);
    }

    private synchronized void hold(long position, byte[] block) {
        for (Reference<? extends byte[]> gone = forgotten.poll(); gone != null; gone = forgotten.poll()) {
            places.remove(((Place) gone).position, gone);
        }
        places.put(position, new Place(position, block, forgotten));
    }
}
