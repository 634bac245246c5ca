package org.reelcast.output.hls.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The media made last, each once for all who ask for it at the same time or soon. Bounded in bytes; what was not asked
 * for longest goes first. Any thread.
 */
public final class MediaCache {
    private final long maxBytes;
    private final Executor executor;
    private final Map<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private static final class Entry {
        private final CompletableFuture<List<byte[]>> media = new CompletableFuture<>();
        /** 0 while it is made. */
        private long bytes;
    }

    /** @param executor makes what is missing; may block */
    public MediaCache(long maxBytes, Executor executor) {
        this.maxBytes = maxBytes;
        this.executor = executor;
    }

    /**
     * The media of that name, in pieces.
     *
     * @param maker makes it when it is not there; its failure is told to all who wait, and is not kept
     */
    public CompletableFuture<List<byte[]>> get(String name, Callable<List<byte[]>> maker) {
        Entry entry;
        synchronized (this) {
            entry = entries.get(name);
            if (entry != null) {
                return entry.media;
            }
            entry = new Entry();
            entries.put(name, entry);
        }
        Entry made = entry;
        try {
            executor.execute(() -> make(name, made, maker));
        } catch (RejectedExecutionException e) {
            fail(name, made, e);
        }
        return made.media;
    }

    private void make(String name, Entry entry, Callable<List<byte[]>> maker) {
        try {
            List<byte[]> media = maker.call();
            keep(entry, media);
            entry.media.complete(media);
        } catch (Exception e) {
            fail(name, entry, e);
        } catch (Error e) {
            fail(name, entry, e);
            throw e;
        }
    }

    private void fail(String name, Entry entry, Throwable why) {
        synchronized (this) {
            entries.remove(name, entry);
        }
        entry.media.completeExceptionally(why);
    }

    private synchronized void keep(Entry entry, List<byte[]> media) {
        entry.bytes = Math.max(1, media.stream().mapToLong(piece -> piece.length).sum());
        bytes += entry.bytes;
        Iterator<Entry> oldest = new ArrayList<>(entries.values()).iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            Entry next = oldest.next();
            if (next.bytes > 0 && next != entry) {
                entries.values().remove(next);
                bytes -= next.bytes;
            }
        }
    }

    /** Bytes that are kept. */
    public synchronized long bytes() {
        return bytes;
    }
}
