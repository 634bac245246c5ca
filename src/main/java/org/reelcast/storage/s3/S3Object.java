package org.reelcast.storage.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.reelcast.loop.Blocking;
import org.reelcast.storage.SourceId;

/**
 * One state of one object, shared by all who read it: each block is fetched once, whoever asks, and then comes from the
 * cache. A read waits until its bytes are here and no longer: it is served from a block that is still being filled.
 */
final class S3Object implements Fetch.Target, Download.Blocks {
    private final S3Context context;
    private final S3Store store;
    private final S3Location location;
    private final SourceId id;
    private final String etag;
    private final String name;
    private final int blocks;
    private final ReadAheadPlan plan;
    /** Null when only what is read is fetched. */
    private final Download download;

    private final boolean readsWaitForAll;
    /** Blocks in the cache, as far as known: some may have had to go. */
    private final BitSet held = new BitSet();

    private final Map<Integer, Block> filling = new HashMap<>();
    private final Set<Fetch> fetches = new HashSet<>();
    private long heldBytes;
    private S3Failure broken;
    private boolean closed;
    /** Who has it fetched; empty when it is more than one. */
    private String client;

    /**
     * @param client IP address of whoever opens it first; empty for the server itself
     * @param etag   null when the store gives none
     * @param ranged whether the store heeds ranges; one that does not is read from start to end
     */
    S3Object(
            S3Context context,
            S3Store store,
            S3Location location,
            SourceId id,
            String client,
            String etag,
            boolean ranged) {
        this.context = context;
        this.store = store;
        this.location = location;
        this.id = id;
        this.etag = etag;
        this.client = client;
        this.name = BlockCache.name(id);
        this.blocks = Math.toIntExact((id.size() + Block.BYTES - 1) / Block.BYTES);
        this.plan = new ReadAheadPlan(Math.max(1, context.options().readAheadBytes() / Block.BYTES));
        for (String block : context.cache().onDisk(name)) {
            if (block.matches("\\d{1,9}") && Integer.parseInt(block) < blocks) {
                hold(Integer.parseInt(block));
            }
        }
        boolean whole = !ranged
                || context.options().mode() != S3Mode.RANGES && context.cache().holds(id.size());
        this.download = whole ? new Download(this, location.toString(), id.size(), blocks, ranged) : null;
        this.readsWaitForAll = download != null && context.options().mode() == S3Mode.DOWNLOAD_FIRST;
    }

    /** Somebody opens it: what broke off before is tried again. */
    synchronized void onOpen(String who) {
        client = client.equals(who) ? client : "";
        if (download != null) {
            download.start();
        }
    }

    SourceId id() {
        return id;
    }

    S3Store store() {
        return store;
    }

    /** Whether it is known that the store has something else by now. */
    synchronized boolean isBroken() {
        return broken != null;
    }

    private int length(int block) {
        return (int) Math.min(Block.BYTES, id.size() - (long) block * Block.BYTES);
    }

    private void hold(int block) {
        if (!held.get(block)) {
            held.set(block);
            heldBytes += length(block);
        }
    }

    /** Reads at least one byte. */
    @Blocking
    int read(long position, byte[] target, int offset, int length) throws IOException {
        int index = (int) (position / Block.BYTES);
        int at = (int) (position % Block.BYTES);
        int wanted = Math.min(length, length(index) - at);
        while (true) {
            synchronized (this) {
                if (!isReadable(index)) {
                    await();
                    continue;
                }
                Block block = filling.get(index);
                if (block != null) {
                    if (block.filled() <= at) {
                        await();
                        checkFailure(block.failure());
                        continue;
                    }
                    int n = Math.min(wanted, block.filled() - at);
                    System.arraycopy(block.data(), at, target, offset, n);
                    return n;
                }
            }
            byte[] whole = context.cache().get(name, index, length(index));
            if (whole != null) {
                System.arraycopy(whole, at, target, offset, wanted);
                return wanted;
            }
            synchronized (this) {
                if (held.get(index) && !filling.containsKey(index)) {
                    held.clear(index);
                    heldBytes -= length(index);
                }
            }
        }
    }

    /** Sees to it that the block comes; whether it is being filled or held by now. */
    private boolean isReadable(int index) throws IOException {
        if (closed) {
            throw new IOException(location + " is closed");
        }
        checkFailure(broken);
        if (readsWaitForAll && !download.isComplete()) {
            checkFailure(download.failure());
            return false;
        }
        boolean here = held.get(index) || filling.containsKey(index);
        if (download != null && download.willBring(index) && !here) {
            checkFailure(download.failure());
            return false;
        }
        if (download == null || !here) {
            readAhead(index);
        }
        return true;
    }

    /** Claims what is missing from the block on; when half of what should be ahead is here, it is left at that. */
    private void readAhead(int index) {
        int ahead = plan.onRead(index);
        int end = Math.min(blocks, index + ahead);
        if (missing(index) >= Math.min(end, index + (ahead + 2) / 2)) {
            return;
        }
        for (int first = missing(index); first < end; first = missing(first)) {
            claim(first, end);
        }
    }

    @Override
    public int missing(int from) {
        int index = from;
        while (index < blocks && (held.get(index) || filling.containsKey(index))) {
            index++;
        }
        return index;
    }

    @Override
    public Fetch claim(int first, int end) {
        int last = first;
        while (last < end && !held.get(last) && !filling.containsKey(last)) {
            last++;
        }
        Fetch fetch = new Fetch(
                context,
                store,
                location,
                id,
                etag,
                client,
                (long) first * Block.BYTES,
                Math.min(id.size(), (long) last * Block.BYTES),
                this);
        for (int i = first; i < last; i++) {
            filling.put(i, new Block(i, length(i), fetch));
        }
        fetches.add(fetch);
        fetch.start();
        return fetch;
    }

    private void await() throws IOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("reading " + location + " was interrupted");
        }
    }

    private static void checkFailure(S3Failure failure) throws IOException {
        if (failure != null) {
            throw failure.toReadFailure();
        }
    }

    @Override
    public void onBytes(long position, ByteBuffer bytes, Runnable resume) {
        List<Block> whole = new ArrayList<>();
        synchronized (this) {
            long at = position;
            while (bytes.hasRemaining()) {
                int before = bytes.remaining();
                Block block = filling.get((int) (at / Block.BYTES));
                if (block == null) {
                    break;
                }
                block.fill((int) (at % Block.BYTES), bytes);
                if (block.isWhole()) {
                    whole.add(block);
                }
                at += before - bytes.remaining();
            }
            notifyAll();
            if (download != null) {
                download.onProgress(downloadedBytes());
            }
        }
        whole.forEach(block -> context.writer().execute(() -> store(block)));
        if (!whole.isEmpty() && context.isDiskBehind()) {
            context.writer().execute(resume);
        } else {
            resume.run();
        }
    }

    private void store(Block block) {
        context.cache().put(name, block.index, block.data());
        synchronized (this) {
            filling.remove(block.index);
            hold(block.index);
            notifyAll();
        }
    }

    @Override
    public synchronized void onFetched(Fetch fetch) {
        fetches.remove(fetch);
        if (download != null) {
            download.onFetched(fetch);
        }
        notifyAll();
    }

    @Override
    public synchronized void onFailed(Fetch fetch, S3Failure failure) {
        fetches.remove(fetch);
        filling.values().removeIf(block -> {
            boolean lost = block.fetch == fetch && !block.isWhole();
            if (lost) {
                block.fail(failure);
            }
            return lost;
        });
        if (failure.kind() == S3Failure.Kind.CHANGED) {
            broken = failure;
        }
        if (download != null) {
            download.onFailed(fetch, failure);
        }
        notifyAll();
    }

    @Override
    public synchronized long downloadedBytes() {
        long sum = heldBytes;
        for (Block block : filling.values()) {
            sum += held.get(block.index) ? 0 : block.filled();
        }
        return sum;
    }

    synchronized boolean isHere(long from, long to) {
        long end = Math.min(to, id.size());
        for (long at = from; at < end; ) {
            int index = (int) (at / Block.BYTES);
            long blockEnd = (long) index * Block.BYTES + length(index);
            Block block = filling.get(index);
            if (!held.get(index)
                    && (block == null || (long) index * Block.BYTES + block.filled() < Math.min(end, blockEnd))) {
                return false;
            }
            at = blockEnd;
        }
        return true;
    }

    synchronized boolean isDownloading() {
        return download != null && download.isUnderWay();
    }

    /** Nobody reads it any more. What still comes in finds no block to fill and stops there. */
    void close() {
        List<Fetch> underWay;
        synchronized (this) {
            closed = true;
            underWay = List.copyOf(fetches);
            fetches.clear();
            filling.values().removeIf(block -> !block.isWhole());
            notifyAll();
        }
        // without the lock: a fetch has one of its own, and holds it while it hands bytes over
        underWay.forEach(Fetch::cancel);
    }
}
