package org.reelcast.rendition.opus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.mp4.Track;
import org.reelcast.rendition.cache.MemoryCache;
import org.reelcast.rendition.samples.SampleReader;
import org.reelcast.sharing.SingleFlight;
import org.reelcast.storage.cache.DiskCache;

/**
 * The sound of one film as Opus, made once for all its viewers, in segments of up to {@value #SEGMENT_MS} ms. The first
 * reader that needs a segment makes it, others wait for that one; it stays in memory while there is room, and ten
 * seconds at a time go to disk. Going on in order uses one encoder; a place elsewhere starts another, and a few are
 * kept for those who go on.
 */
final class OpusTrack {
    static final int SEGMENT_MS = 500;
    /** Segments that share an entry of the disk cache. */
    static final int ENTRY_SEGMENTS = 20;
    private static final int MAX_IDLE_ENCODERS = 3;
    /** Durations are rounded up to the movie's time scale: so little is no packet more. */
    private static final long SLACK_US = 1_500;

    /** Names a segment of any film in the memory that all share. */
    record Key(String track, int segment) {
    }

    /** Makes frames of the track readable, from a source that is open now. */
    interface Opener {
        AacSource open() throws IOException;
    }

    private final String name;
    private final Format format;
    private final OpusParameters parameters;
    private final Track track;
    private final int perSegment;
    private final MemoryCache<Key, OpusSegment> memory;
    private final DiskCache disk;
    private final SingleFlight<Integer, OpusSegment> underWay = new SingleFlight<>();
    private final List<OpusSegmentEncoder> idle = new ArrayList<>();
    private boolean closed;
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong starts = new AtomicLong();

    OpusTrack(String name, Track track, int channels, OpusParameters parameters,
            MemoryCache<Key, OpusSegment> memory, DiskCache disk) {
        this.name = name;
        this.format = Format.audio(Codec.OPUS, channels);
        this.parameters = parameters;
        this.track = track;
        this.perSegment = Math.max(1, SEGMENT_MS / parameters.frameMs());
        this.memory = memory;
        this.disk = disk;
    }

    Format format() {
        return format;
    }

    /** Packets that the film has, as far as it is known: a fragmented one shows its end only on the way there. */
    long packets() {
        return Math.max(0, track.durationUs() - SLACK_US + packetUs() - 1) / packetUs();
    }

    /** Whether there is such a packet. */
    boolean has(long packet) throws IOException {
        if (packet >= packets()) {
            SampleReader.reach(track, packet * packetUs());
        }
        return packet < packets();
    }

    private void lookAhead(long packet) throws IOException {
        SampleReader.lookAhead(track, packet * packetUs());
    }

    int packetsPerSegment() {
        return perSegment;
    }

    long packetUs() {
        return parameters.frameMs() * 1000L;
    }

    /** Segments encoded so far. */
    long made() {
        return made.get();
    }

    /** Encoders started so far. */
    long starts() {
        return starts.get();
    }

    /** The segment, made now when nobody has made it yet. Blocks. */
    OpusSegment segment(int index, Opener opener) throws IOException {
        Key key = new Key(name, index);
        while (true) {
            OpusSegment known = memory.get(key);
            if (known != null) {
                return known;
            }
            try {
                return underWay.make(index, () -> produce(index, key, opener));
            } catch (ExecutionException e) {
                // another maker's own failure, perhaps only its closed file: now it is ours to try
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while waiting for sound", e);
            }
        }
    }

    private OpusSegment produce(int index, Key key, Opener opener) throws IOException {
        lookAhead((long) (index + 1) * perSegment);
        OpusSegment segment = memory.get(key);
        if (segment == null) {
            segment = load(index);
        }
        if (segment == null) {
            segment = encode(index, opener);
            if (segment.failure() == null) {
                memory.put(key, segment);
                store(index / ENTRY_SEGMENTS);
            }
        }
        return segment;
    }

    private int count(int segment) {
        return (int) Math.min(perSegment, packets() - (long) segment * perSegment);
    }

    private OpusSegment encode(int index, Opener opener) throws IOException {
        long first = (long) index * perSegment;
        OpusSegmentEncoder encoder = take(first, opener);
        boolean done = false;
        try {
            byte[][] bytes = new byte[count(index)][];
            for (int i = 0; i < bytes.length; i++) {
                try {
                    bytes[i] = encoder.encode();
                } catch (IOException e) {
                    // what came before it is still heard
                    return new OpusSegment(Arrays.copyOf(bytes, i), format, first, packetUs(), e);
                }
            }
            done = true;
            made.incrementAndGet();
            return new OpusSegment(bytes, format, first, packetUs(), null);
        } finally {
            if (done && encoder.next() < packets()) {
                keep(encoder);
            } else {
                encoder.close();
            }
        }
    }

    private OpusSegmentEncoder take(long packet, Opener opener) throws IOException {
        AacSource source = opener.open();
        synchronized (idle) {
            for (Iterator<OpusSegmentEncoder> each = idle.iterator(); each.hasNext();) {
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

    private static String file(int entry) {
        return entry + ".opus";
    }

    /** Takes the segment's whole entry from disk into memory; null when it is not there. */
    private OpusSegment load(int index) throws IOException {
        int entry = index / ENTRY_SEGMENTS;
        byte[] bytes = disk.get(name, file(entry));
        if (bytes == null) {
            return null;
        }
        lookAhead((entry + 1L) * ENTRY_SEGMENTS * perSegment);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        OpusSegment wanted = null;
        for (int i = entry * ENTRY_SEGMENTS; i < end(entry); i++) {
            OpusSegment segment = OpusSegment.read(in, format, (long) i * perSegment, count(i), packetUs());
            if (segment == null) {
                return null;
            }
            memory.put(new Key(name, i), segment);
            wanted = i == index ? segment : wanted;
        }
        return wanted;
    }

    private int end(int entry) {
        long segments = (packets() + perSegment - 1) / perSegment;
        return (int) Math.min((entry + 1L) * ENTRY_SEGMENTS, segments);
    }

    /** Writes the entry to disk once all its segments are made. */
    private void store(int entry) throws IOException {
        lookAhead((entry + 1L) * ENTRY_SEGMENTS * perSegment);
        List<OpusSegment> segments = new ArrayList<>();
        int size = 0;
        for (int i = entry * ENTRY_SEGMENTS; i < end(entry); i++) {
            OpusSegment segment = memory.get(new Key(name, i));
            if (segment == null) {
                return;
            }
            segments.add(segment);
            size += segment.storedBytes();
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        segments.forEach(segment -> segment.write(out));
        disk.put(name, file(entry), out.array());
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
