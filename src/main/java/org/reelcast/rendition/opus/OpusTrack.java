package org.reelcast.rendition.opus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.reelcast.loop.Blocking;
import org.reelcast.media.Format;
import org.reelcast.media.OpusFormat;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.cache.MemoryCache;
import org.reelcast.rendition.cache.SegmentStore;
import org.reelcast.storage.cache.DiskCache;

/**
 * The sound of one film as Opus, made once for all its viewers, in segments. The first reader that needs a segment
 * makes it, others wait for that one. Going on in order uses one encoder; a place elsewhere starts another, and a few
 * are kept for those who go on.
 */
final class OpusTrack {
    private static final int MAX_IDLE_ENCODERS = 3;

    /** Makes frames of the track readable, from a source that is open now. */
    interface Opener {
        AudioSource open() throws IOException;
    }

    private final Format format;
    private final OpusParameters parameters;
    private final OpusSegmentGrid grid;
    private final SegmentStore<Integer, OpusSegment> segments;
    private final List<OpusSegmentEncoder> idle = new ArrayList<>();
    private boolean closed;
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong starts = new AtomicLong();

    OpusTrack(
            String name,
            Track track,
            int channels,
            OpusParameters parameters,
            MemoryCache<SegmentStore.Key, OpusSegment> memory,
            DiskCache disk) {
        this.format = new OpusFormat(channels, 0, track.language(), parameters.bitrate(channels));
        this.parameters = parameters;
        this.grid = new OpusSegmentGrid(track, parameters.frameMs());
        this.segments = new SegmentStore<>(name, new OpusSegmentFile(grid, format), memory, disk);
    }

    Format format() {
        return format;
    }

    OpusSegmentGrid grid() {
        return grid;
    }

    /** Segments encoded so far. */
    long made() {
        return made.get();
    }

    /** Encoders started so far. */
    long starts() {
        return starts.get();
    }

    /** The segment, made now when nobody has made it yet. */
    @Blocking
    OpusSegment segment(int index, Opener opener) throws IOException {
        try {
            return segments.make(index, () -> {
                grid.lookAheadTo(index + 1L);
                OpusSegment segment = encode(index, opener);
                if (segment.isWhole()) {
                    segments.keep(index, segment);
                }
                return segment;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for sound", e);
        }
    }

    private OpusSegment encode(int index, Opener opener) throws IOException {
        long first = grid.firstPacket(index);
        OpusSegmentEncoder encoder = take(first, opener);
        boolean done = false;
        try {
            byte[][] bytes = new byte[grid.count(index)][];
            for (int i = 0; i < bytes.length; i++) {
                try {
                    bytes[i] = encoder.encode();
                } catch (IOException e) {
                    // what came before it is still heard
                    return new OpusSegment(Arrays.copyOf(bytes, i), format, first, grid.packetUs(), e);
                }
            }
            done = true;
            made.incrementAndGet();
            return new OpusSegment(bytes, format, first, grid.packetUs(), null);
        } finally {
            if (done && encoder.next() < grid.packets()) {
                keep(encoder);
            } else {
                encoder.close();
            }
        }
    }

    private OpusSegmentEncoder take(long packet, Opener opener) throws IOException {
        AudioSource source = opener.open();
        synchronized (idle) {
            for (Iterator<OpusSegmentEncoder> each = idle.iterator(); each.hasNext(); ) {
                OpusSegmentEncoder encoder = each.next();
                if (encoder.next() == packet) {
                    each.remove();
                    encoder.source().readFrom(source);
                    return encoder;
                }
            }
        }
        starts.incrementAndGet();
        return OpusSegmentEncoder.open(source, parameters, format.channels(), packet);
    }

    private void keep(OpusSegmentEncoder encoder) {
        OpusSegmentEncoder oldest = encoder;
        synchronized (idle) {
            if (!closed) {
                idle.add(encoder);
                oldest = idle.size() > MAX_IDLE_ENCODERS ? idle.remove(0) : null;
            }
        }
        if (oldest != null) {
            oldest.close();
        }
    }

    /** Gives back the encoders; segments stay in memory for whoever opens the film again. */
    void close() {
        List<OpusSegmentEncoder> encoders;
        synchronized (idle) {
            closed = true;
            encoders = List.copyOf(idle);
            idle.clear();
        }
        encoders.forEach(OpusSegmentEncoder::close);
    }
}
