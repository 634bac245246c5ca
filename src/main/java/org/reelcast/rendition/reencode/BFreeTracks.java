package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.reelcast.codec.ffmpeg.H264Encoder;
import org.reelcast.media.Format;
import org.reelcast.mp4.Track;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.cache.MemoryCache;
import org.reelcast.rendition.cache.RenditionName;
import org.reelcast.rendition.samples.SampleReader;
import org.reelcast.rendition.samples.SharedSource;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.cache.DiskCache;

/** The films that are re-encoded now, one {@link BFreeFilm} each however many have it open, and what they share. */
public final class BFreeTracks {
    private static final long MAX_MEMORY_BYTES = 64L * 1024 * 1024;
    private static final int MEMORY_SHARE = 8;
    private static final long RATE_US = 1_000_000;
    /** How long after a film's encoder was too slow none is tried for it again. */
    private static final long RETRY_NS = 20_000_000_000L;

    private final MemoryCache<BFreeTrack.Key, Piece> memory = new MemoryCache<>(
            Math.min(MAX_MEMORY_BYTES, Runtime.getRuntime().maxMemory() / MEMORY_SHARE));
    private final EncoderPool pool;
    private final long retryNs;
    private final Map<String, Use> inUse = new HashMap<>();

    private static final class Use {
        final BFreeFilm film;
        int users;

        Use(BFreeFilm film) {
            this.film = film;
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

    /** Whether pictures of this size can be encoded. */
    public static boolean takes(Format format) {
        return H264Encoder.takes(Scale.FULL.width(format.width()), Scale.FULL.height(format.height()));
    }

    /**
     * The track without its B-frames as a rendition.
     *
     * @param without   the same track, with the pictures that hold B slices left out; closed with the rendition
     */
    public BFreeRendition open(Track track, ByteSource source, Rendition without, BFreeParameters parameters,
            DiskCache disk) {
        String name = name(track, source, Scale.FULL, parameters.quantizer());
        lookAhead(track);
        synchronized (inUse) {
            Use use = inUse.computeIfAbsent(name,
                    n -> new Use(film(track, new SharedSource(source), without.format(), parameters, disk)));
            use.users++;
            use.film.source().attach(source);
            return new BFreeRendition(this, name, use.film, without, source);
        }
    }

    /** So that the frame rate is known of a film in fragments, one picture each at worst. */
    private static void lookAhead(Track track) {
        try {
            SampleReader.lookAhead(track, RATE_US);
        } catch (IOException e) {
            // whoever plays it runs into the same and says so
        }
    }

    private BFreeFilm film(Track track, SharedSource source, Format format, BFreeParameters parameters,
            DiskCache disk) {
        BFreeTrack full = track(track, source, Scale.FULL, parameters.quantizer(), disk);
        Optional<Scale> reduction = parameters.reduces()
                ? Scale.reduction(format.width(), format.height(), full.framesPerSecond(), pool.power())
                : Optional.empty();
        BFreeTrack reduced = reduction.map(scale -> track(track, source, scale, parameters.quantizer(), disk))
                .orElse(null);
        return new BFreeFilm(full, reduced, format, pool);
    }

    private BFreeTrack track(Track track, SharedSource source, Scale scale, int quantizer, DiskCache disk) {
        return new BFreeTrack(name(track, source, scale, quantizer), track, source, scale, quantizer, retryNs, pool,
                memory, disk);
    }

    private static String name(Track track, ByteSource source, Scale scale, int quantizer) {
        return RenditionName.of(source.id(), "bfree2-" + scale.cacheTag() + quantizer + "-" + track.id());
    }

    void release(String name, ByteSource source) {
        BFreeFilm unused = null;
        synchronized (inUse) {
            Use use = inUse.get(name);
            if (use != null) {
                use.film.source().detach(source);
                if (--use.users == 0) {
                    inUse.remove(name);
                    unused = use.film;
                }
            }
        }
        if (unused != null) {
            unused.close();
        }
    }

    /** A core of this machine encodes {@code speed} times as fast as those for which {@link Scale} knows the cost. */
    public void measured(double speed) {
        pool.measured(speed);
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
