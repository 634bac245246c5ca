package org.reelcast.storage.s3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.reelcast.storage.SourceId;
import org.reelcast.storage.cache.DiskCache;

/**
 * Whole blocks of objects: those used last in memory, all on disk as far as they fit. Named by the object's ETag, so
 * what is in here is never out of date, and whole, so half a file never passes for one.
 */
final class BlockCache {
    private static final int HASH_BYTES = 16;

    private record Key(String object, int index) {}

    private final DiskCache disk;
    private final long maxHeapBytes;
    private final Map<Key, byte[]> heap = new LinkedHashMap<>(64, 0.75f, true);
    private long heapBytes;

    BlockCache(DiskCache disk, long maxHeapBytes) {
        this.disk = disk;
        this.maxHeapBytes = maxHeapBytes;
    }

    /** An object's name in here. */
    static String name(SourceId id) {
        try {
            String state = id.location() + '\n' + id.size() + '\n' + id.version();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(state.getBytes(StandardCharsets.UTF_8));
            return "s3-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** The block, not to be changed; null when it is not here, or not of that length. Blocks on the disk. */
    byte[] get(String object, int index, int length) {
        Key key = new Key(object, index);
        synchronized (heap) {
            byte[] known = heap.get(key);
            if (known != null) {
                return known;
            }
        }
        byte[] read = disk.get(object, Integer.toString(index));
        if (read == null || read.length != length) {
            return null;
        }
        keep(key, read);
        return read;
    }

    void put(String object, int index, byte[] block) {
        keep(new Key(object, index), block);
        disk.put(object, Integer.toString(index), block);
    }

    private void keep(Key key, byte[] block) {
        synchronized (heap) {
            byte[] old = heap.put(key, block);
            heapBytes += block.length - (old == null ? 0 : old.length);
            Iterator<byte[]> oldest = heap.values().iterator();
            while (heapBytes > maxHeapBytes) {
                heapBytes -= oldest.next().length;
                oldest.remove();
            }
        }
    }

    /** The blocks of an object that are on disk, by index as text. */
    Set<String> onDisk(String object) {
        return disk.entries(object);
    }

    /** Whether an object of that size can be kept whole. */
    boolean holds(long bytes) {
        return disk.holds(bytes);
    }
}
