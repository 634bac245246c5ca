package org.reelcast.mp4.index;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where the indexes of open films lie: in pages, which go to a file when they are full, so that the heap does not grow
 * with the length of the films. What was read last stays in the heap, up to a bound. The file is taken out of its
 * folder as soon as it is open, so nothing is left of it however the process ends (on Windows the next store in that
 * folder removes it), and closed when nobody has the store any more; its places are used anew when a film is forgotten.
 * While the disk is full or fails, pages stay in the heap. Safe for several threads.
 *
 * <p>Read with plain blocking calls: an interrupt closes a channel, and this one is everybody's.
 */
public final class PageStore {
    /** All pages stay in the heap. */
    public static final PageStore HEAP = new PageStore(null, 0);
    /** Words of 64 bits in a page, 16 KB: room for the widest block of samples, two minutes of most films. */
    public static final int WORDS = 1 << 11;

    private static final int BYTES = WORDS * Long.BYTES;
    /** What stays in the heap, as a part of it. */
    private static final int PART_OF_HEAP = 32;
    /** 1 GB, the indexes of a thousand hours: beyond it pages stay in the heap until the collector finds places. */
    private static final int MAX_PAGES = 1 << 16;

    private static final String PREFIX = "index-";
    private static final String SUFFIX = ".tmp";
    private static final Logger LOG = Logger.getLogger(PageStore.class.getName());

    private final Path folder;
    private final Map<Integer, long[]> held;
    private final Cleaner cleaner;
    private final BitSet taken = new BitSet();
    private RandomAccessFile file;
    private boolean complained;

    public PageStore(Path folder, int maxHeld) {
        this.folder = folder;
        this.cleaner = folder == null ? null : Cleaner.create();
        this.held = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, long[]> eldest) {
                return size() > maxHeld;
            }
        };
    }

    /** @param folder made when the first page goes there */
    public static PageStore at(Path folder) {
        return new PageStore(folder, (int) (Runtime.getRuntime().maxMemory() / PART_OF_HEAP / BYTES));
    }

    /** The pages of one track; their places are given back when nothing refers to any of them. */
    public final class Lease {
        private final BitSet slots = new BitSet();

        private Lease() {
            if (folder != null) {
                // no method of this object: it would keep it alive
                cleaner.register(this, giveBack(PageStore.this, slots));
            }
        }

        /**
         * @param page of {@link #WORDS}; it stays the caller's
         * @param used so many matter
         */
        public Page keep(long[] page, int used) {
            int slot = folder == null ? -1 : write(page, slots);
            return slot < 0 ? Page.inHeap(Arrays.copyOf(page, used)) : new Stored(this, slot);
        }

        public long[] words(int slot) {
            try {
                return read(slot);
            } finally {
                Reference.reachabilityFence(this);
            }
        }
    }

    /** A page in the file. */
    private record Stored(Lease lease, int slot) implements Page {
        @Override
        public long[] words() {
            return lease.words(slot);
        }

        @Override
        public long heapBytes() {
            return 0;
        }
    }

    private static Runnable giveBack(PageStore store, BitSet slots) {
        return () -> {
            synchronized (store.held) {
                store.held.keySet().removeIf(slots::get);
            }
            synchronized (store) {
                store.taken.andNot(slots);
            }
        };
    }

    public Lease lease() {
        return new Lease();
    }

    /** @return the page's place, -1 when it cannot be written */
    private synchronized int write(long[] page, BitSet slots) {
        int slot = taken.nextClearBit(0);
        if (slot == MAX_PAGES) {
            return -1;
        }
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.asLongBuffer().put(page);
        try {
            if (file == null) {
                open();
            }
            file.seek((long) slot * BYTES);
            file.write(bytes.array());
            taken.set(slot);
            slots.set(slot);
            complained = false;
            return slot;
        } catch (IOException e) {
            if (!complained) {
                complained = true;
                LOG.log(
                        Level.WARNING,
                        "The indexes of long films stay in memory, {0} cannot be written: {1}",
                        new Object[] {folder, e.toString()});
            }
            return -1;
        }
    }

    private void open() throws IOException {
        Files.createDirectories(folder);
        removeLeftOvers();
        Path path = Files.createTempFile(folder, PREFIX, SUFFIX);
        file = new RandomAccessFile(path.toFile(), "rw");
        if (!path.toFile().delete()) {
            // Windows lets nobody delete an open file, and this one is open to the end: the next store removes it
            path.toFile().deleteOnExit();
        }
    }

    /** What servers that have ended could not delete. That of one that runs is open, or has no name any more. */
    private void removeLeftOvers() {
        File[] old = folder.toFile().listFiles((place, name) -> name.startsWith(PREFIX) && name.endsWith(SUFFIX));
        for (int i = 0; old != null && i < old.length; i++) {
            if (!old[i].delete()) {
                LOG.log(Level.FINE, "{0} is in use", old[i]);
            }
        }
    }

    private long[] read(int slot) {
        synchronized (held) {
            long[] known = held.get(slot);
            if (known != null) {
                return known;
            }
        }
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        synchronized (this) {
            try {
                file.seek((long) slot * BYTES);
                file.readFully(bytes.array());
            } catch (IOException e) {
                throw new UncheckedIOException("A film's index cannot be read from " + folder, e);
            }
        }
        long[] words = new long[WORDS];
        bytes.asLongBuffer().get(words);
        synchronized (held) {
            held.put(slot, words);
        }
        return words;
    }

    /** Places in the file that are in use. */
    public synchronized int pages() {
        return taken.cardinality();
    }
}
