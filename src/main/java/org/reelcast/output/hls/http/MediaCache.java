package org.reelcast.output.hls.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.reelcast.loop.AnyThread;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * The media made last, each once for all who ask for it at the same time or soon. What is being made, being sent and
 * kept for those who ask next is bounded in bytes, all together: what nobody is sent and was not asked for longest goes
 * first, and what there is no room for waits until there is some.
 */
@AnyThread
public final class MediaCache {
    /** What is made takes its bytes twice: as frames and as the segment made of them. */
    private static final int WHILE_MADE = 2;

    private static final int MOST_WAITING = 256;

    private final long maxBytes;
    private final Executor executor;
    private final Map<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private long bytes;

    /** Guarded by the cache. */
    private final class Entry implements Media.Held {
        private final CompletableFuture<Media> media = new CompletableFuture<>();
        private final String name;
        private final Callable<List<byte[]>> maker;
        private final long needed;
        private final Executor executor;
        private boolean made;
        private boolean kept = true;
        private int holders;
        /** Nothing while it waits. */
        private long counted;

        Entry(String name, long needed, Executor executor, Callable<List<byte[]>> maker) {
            this.name = name;
            this.executor = executor;
            this.needed = needed;
            this.maker = maker;
        }

        @Override
        public long bytes() {
            return counted;
        }

        @Override
        public void hold() {
            synchronized (MediaCache.this) {
                bytes += !kept && holders == 0 ? counted : 0;
                holders++;
            }
        }

        @Override
        public void release() {
            synchronized (MediaCache.this) {
                holders--;
                bytes -= !kept && holders == 0 ? counted : 0;
            }
            startWaiting();
        }

        private boolean isForgettable() {
            return made && holders == 0;
        }
    }

    /**
     * @param maxBytes of all
     * @param executor makes what is missing; may block
     */
    public MediaCache(long maxBytes, Executor executor) {
        this.maxBytes = maxBytes;
        this.executor = executor;
    }

    /**
     * The media of that name.
     *
     * @param expectedBytes how large it will be, about
     * @param maker         makes it when it is not there; its failure is told to all who wait, and is not kept
     */
    public CompletableFuture<Media> get(String name, long expectedBytes, Callable<List<byte[]>> maker) {
        return get(name, expectedBytes, executor, maker);
    }

    /** The same, made by another executor. */
    public CompletableFuture<Media> get(
            String name, long expectedBytes, Executor executor, Callable<List<byte[]>> maker) {
        Entry entry;
        synchronized (this) {
            entry = entries.get(name);
            if (entry != null) {
                return entry.media;
            }
            if (expectedBytes > largest() || waiting.size() >= MOST_WAITING) {
                return CompletableFuture.failedFuture(new Refusal(
                        StatusText.SERVER_IS_OVERLOADED,
                        "segments take all " + "the memory that hls_cache_max_mb gives them"));
            }
            entry = new Entry(name, WHILE_MADE * expectedBytes, executor, maker);
            entries.put(name, entry);
            waiting.add(entry);
        }
        startWaiting();
        return entry.media;
    }

    /** How large a segment may be at most. */
    public long largest() {
        return maxBytes / WHILE_MADE;
    }

    private void startWaiting() {
        for (Entry next = nextToMake(); next != null; next = nextToMake()) {
            Entry entry = next;
            try {
                entry.executor.execute(() -> make(entry));
            } catch (RejectedExecutionException e) {
                fail(entry, e);
            }
        }
    }

    private synchronized Entry nextToMake() {
        if (waiting.isEmpty() || !hasRoomFor(waiting.peek().needed)) {
            return null;
        }
        Entry next = waiting.remove();
        next.counted = next.needed;
        bytes += next.needed;
        return next;
    }

    /** Forgets for it what nobody is sent. */
    private boolean hasRoomFor(long more) {
        Iterator<Entry> oldest = new ArrayList<>(entries.values()).iterator();
        while (bytes + more > maxBytes && oldest.hasNext()) {
            Entry next = oldest.next();
            if (next.isForgettable()) {
                entries.remove(next.name);
                forget(next);
            }
        }
        return bytes + more <= maxBytes;
    }

    private void forget(Entry entry) {
        entry.kept = false;
        bytes -= entry.counted;
    }

    private void make(Entry entry) {
        try {
            List<byte[]> media = entry.maker.call();
            keep(entry, media.stream().mapToLong(piece -> piece.length).sum());
            entry.media.complete(new Media(media, List.of(entry)));
            startWaiting();
        } catch (Exception e) {
            fail(entry, e);
        } catch (Error e) {
            fail(entry, e);
            throw e;
        }
    }

    private void fail(Entry entry, Throwable why) {
        synchronized (this) {
            if (entries.remove(entry.name, entry)) {
                forget(entry);
            }
        }
        entry.media.completeExceptionally(why);
        startWaiting();
    }

    private synchronized void keep(Entry entry, long size) {
        bytes += size - entry.counted;
        entry.counted = size;
        entry.made = true;
    }

    /** Bytes that are being made, being sent, or kept. */
    public synchronized long bytes() {
        return bytes;
    }
}
