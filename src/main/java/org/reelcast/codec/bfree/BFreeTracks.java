package org.reelcast.codec.bfree;

import java.util.HashMap;
import java.util.Map;
import org.reelcast.storage.cache.DiskCache;
import org.reelcast.codec.cache.MemoryCache;
import org.reelcast.codec.cache.RenditionName;
import org.reelcast.mp4.Track;
import org.reelcast.storage.ByteSource;

/** The films that are re-encoded now, one {@link BFreeTrack} each however many have it open, and what they share. */
public final class BFreeTracks {
    private static final long MAX_MEMORY_BYTES = 64L * 1024 * 1024;
    private static final int MEMORY_SHARE = 8;
    /** How long after a film's encoder was too slow none is tried for it again. */
    private static final long RETRY_NS = 20_000_000_000L;

    private final MemoryCache<BFreeTrack.Key, Piece> memory = new MemoryCache<>(
            Math.min(MAX_MEMORY_BYTES, Runtime.getRuntime().maxMemory() / MEMORY_SHARE));
    private final EncoderPool pool;
    private final long retryNs;
    private final Map<String, Use> inUse = new HashMap<>();

    private static final class Use {
        final BFreeTrack track;
        int users;

        Use(BFreeTrack track) {
            this.track = track;
        }
    }

    /** @param threads that encode at the same time */
    public BFreeTracks(int threads) {
        this(threads, RETRY_NS);
    }

    BFreeTracks(int threads, long retryNs) {
        this.pool = new EncoderPool(threads);
        this.retryNs = retryNs;
    }

    /**
     * The track without its B-frames as a rendition.
     *
     * @param quantizer 0 (best) to 51
     */
    public BFreeRendition open(Track track, ByteSource source, int quantizer, DiskCache disk) {
        String name = RenditionName.of(source.id(), "bfree1-" + quantizer + "-" + track.id());
        synchronized (inUse) {
            Use use = inUse.computeIfAbsent(name,
                    n -> new Use(new BFreeTrack(n, track, source, quantizer, retryNs, pool, memory, disk)));
            use.users++;
            use.track.source().attach(source);
            return new BFreeRendition(this, name, use.track, track, source);
        }
    }

    void release(String name, ByteSource source) {
        BFreeTrack unused = null;
        synchronized (inUse) {
            Use use = inUse.get(name);
            if (use != null) {
                use.track.source().detach(source);
                if (--use.users == 0) {
                    inUse.remove(name);
                    unused = use.track;
                }
            }
        }
        if (unused != null) {
            unused.close();
        }
    }

    /** Encoders there are now, at work or waiting for it. */
    public int encoders() {
        return pool.runs();
    }

    /** Films that are open re-encoded now. */
    public int inUse() {
        synchronized (inUse) {
            return inUse.size();
        }
    }
}
