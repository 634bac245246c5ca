package org.reelcast.rendition.cache;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Segments of all films in memory, together at most so many bytes; those not asked for longest go first. What is handed
 * out stays usable whatever happens here. For several threads.
 *
 * @param <K> names a segment
 * @param <V> a segment
 */
public final class MemoryCache<K, V extends MemoryCache.Sized> {

    /** Something that knows about how many bytes of heap it takes. */
    public interface Sized {
        /** Bytes of heap; must not change while the segment is kept. */
        int heapBytes();
    }

    private final long maxBytes;
    private final Map<K, V> segments = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /** @param maxBytes of heap that all segments may take together */
    public MemoryCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The segment or null. */
    public synchronized V get(K key) {
        return segments.get(key);
    }

    /** Keeps the segment, in the place of one of that name; others go until there is room, at worst this one too. */
    public synchronized void put(K key, V segment) {
        V old = segments.put(key, segment);
        bytes += segment.heapBytes() - (old == null ? 0 : old.heapBytes());
        Iterator<V> oldest = segments.values().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            bytes -= oldest.next().heapBytes();
            oldest.remove();
        }
    }

    /** Bytes of heap that the segments take together. */
    public synchronized long heapBytes() {
        return bytes;
    }
}
