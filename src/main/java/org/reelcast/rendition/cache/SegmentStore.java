package org.reelcast.rendition.cache;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.sharing.SingleFlight;
import org.reelcast.storage.cache.DiskCache;

/**
 * The segments of one rendition of one film: in memory, on disk and under way. Each is made once, however many readers
 * need it. Makers come in two kinds: one that makes a segment at a stroke lets others wait for it ({@link #make}); one
 * that works in the background lets others read along while its segment grows ({@link #begin}, {@link #keep}, {@link
 * #abandon}).
 *
 * @param <K> says which segment, with all that is needed to read it back
 * @param <S> a segment
 */
@AnyThread
public final class SegmentStore<K, S extends MemoryCache.Sized> {

    /**
     * Names a segment of any rendition in the memory that all share.
     *
     * @param number tells the rendition's segments apart
     */
    public record Key(String rendition, long number) {}

    /**
     * How segments lie in the disk cache: each in an entry of its own, or several that follow each other in one.
     *
     * @param <K> says which segment
     * @param <S> a segment
     */
    public interface Layout<K, S> {
        /** Tells the rendition's segments apart. */
        long number(K segment);

        /** Names the entry that holds the segment. */
        String entry(K segment);

        /**
         * All segments that share an entry with this one, in order, this one among them.
         *
         * @throws IOException when the film's index cannot be read so far
         */
        List<K> together(K segment) throws IOException;

        /** Those segments as an entry. */
        byte[] write(List<S> segments);

        /** The segments of an entry, one for each that is expected; null when the bytes are not those. */
        List<S> read(byte[] entry, List<K> expected);
    }

    private final String rendition;
    private final Layout<K, S> layout;
    private final MemoryCache<Key, S> memory;
    private final DiskCache disk;
    private final SingleFlight<Long, S> underWay = new SingleFlight<>();

    /** @param rendition names what is made of the film, see {@link RenditionName} */
    public SegmentStore(String rendition, Layout<K, S> layout, MemoryCache<Key, S> memory, DiskCache disk) {
        this.rendition = rendition;
        this.layout = layout;
        this.memory = memory;
        this.disk = disk;
    }

    private Key key(K segment) {
        return new Key(rendition, layout.number(segment));
    }

    /** The segment when it is made: from memory or disk; otherwise null. */
    public S ready(K segment) throws IOException {
        S known = memory.get(key(segment));
        return known != null ? known : load(segment);
    }

    /** Brings all segments of the entry into memory. */
    private S load(K segment) throws IOException {
        byte[] entry = disk.get(rendition, layout.entry(segment));
        if (entry == null) {
            return null;
        }
        List<K> expected = layout.together(segment);
        List<S> read = layout.read(entry, expected);
        if (read == null) {
            return null;
        }
        S wanted = null;
        for (int i = 0; i < expected.size(); i++) {
            memory.put(key(expected.get(i)), read.get(i));
            wanted = expected.get(i).equals(segment) ? read.get(i) : wanted;
        }
        return wanted;
    }

    /** Whether the segment is made, as far as can be told without reading it. */
    public boolean has(K segment) {
        return memory.get(key(segment)) != null || disk.has(rendition, layout.entry(segment));
    }

    /** Whether so many bytes of segments can be on disk at the same time. */
    public boolean holds(long bytes) {
        return disk.holds(bytes);
    }

    /**
     * The segment, made by the calling thread when it is not ready and no other makes it.
     *
     * @param maker keeps what it makes, when it is whole
     * @throws IOException when this call's own maker failed, or an entry on disk cannot be placed
     */
    @Blocking
    public S make(K segment, SingleFlight.Maker<S, IOException> maker) throws IOException, InterruptedException {
        while (true) {
            S known = memory.get(key(segment));
            if (known != null) {
                return known;
            }
            try {
                return underWay.make(layout.number(segment), () -> {
                    S ready = ready(segment);
                    return ready != null ? ready : maker.make();
                });
            } catch (ExecutionException e) {
                // another maker's own failure, perhaps only its closed file: now it is this call's turn
                continue;
            }
        }
    }

    /**
     * The segment in memory or under way; when there is none, {@code first}'s, which is under way from now on.
     *
     * @param first never null; quick, as nobody else can begin the segment meanwhile
     */
    public S begin(K segment, Supplier<S> first) {
        Key key = key(segment);
        while (true) {
            S known = memory.get(key);
            if (known != null) {
                return known;
            }
            S begun = underWay.begin(key.number(), () -> memory.get(key) == null ? first.get() : null);
            if (begun != null) {
                return begun;
            }
            // it was finished just now
        }
    }

    /** The segment that has begun and is not finished; null when there is none. */
    public S underWay(K segment) {
        return underWay.begun(layout.number(segment));
    }

    /** Whether the segment is in memory or has begun: nobody waits long for it. */
    public boolean isAtHand(K segment) {
        return underWay(segment) != null || memory.get(key(segment)) != null;
    }

    /**
     * Keeps a segment that is made: in memory, and on disk as soon as all that share its entry are made.
     *
     * @return false when the disk did not take it
     */
    public boolean keep(K segment, S made) throws IOException {
        memory.put(key(segment), made);
        underWay.end(layout.number(segment), made);
        List<S> entry = new ArrayList<>();
        for (K each : layout.together(segment)) {
            S other = each.equals(segment) ? made : memory.get(key(each));
            if (other == null) {
                return true;
            }
            entry.add(other);
        }
        return disk.put(rendition, layout.entry(segment), layout.write(entry));
    }

    /** What has begun will not be finished; nothing happens when it was. */
    public void abandon(K segment, S begun) {
        underWay.end(layout.number(segment), begun);
    }
}
