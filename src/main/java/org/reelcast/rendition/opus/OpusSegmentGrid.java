package org.reelcast.rendition.opus;

import java.io.IOException;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.samples.SampleReader;

/**
 * The grid of a film's sound: packets of equal duration from the film's start on, some of them in a row as a segment.
 * How many there are is known as far as the film's index is: a fragmented one shows its end only on the way there.
 */
final class OpusSegmentGrid {
    static final int SEGMENT_MS = 500;
    /** Durations are rounded up to the movie's time scale: so little is no packet more. */
    private static final long SLACK_US = 1_500;

    private final Track track;
    private final long packetUs;
    private final int perSegment;

    OpusSegmentGrid(Track track, int packetMs) {
        this.track = track;
        this.packetUs = packetMs * 1000L;
        this.perSegment = Math.max(1, SEGMENT_MS / packetMs);
    }

    long packetUs() {
        return packetUs;
    }

    int packetsPerSegment() {
        return perSegment;
    }

    /** Packets that the film has, as far as it is known. */
    long packets() {
        return Math.max(0, track.durationUs() - SLACK_US + packetUs - 1) / packetUs;
    }

    /** Segments that the film has, as far as it is known. */
    long segments() {
        return (packets() + perSegment - 1) / perSegment;
    }

    /** Whether there is such a packet. */
    boolean has(long packet) throws IOException {
        if (packet >= packets()) {
            SampleReader.reach(track, packet * packetUs);
        }
        return packet < packets();
    }

    /** Has the index read up to there, for who only looks ahead. */
    void lookAheadTo(long segment) throws IOException {
        SampleReader.lookAhead(track, segment * perSegment * packetUs);
    }

    long firstPacket(int segment) {
        return (long) segment * perSegment;
    }

    /** Has the index read to its end. */
    void findEnd() throws IOException {
        SampleReader.lookAhead(track, Long.MAX_VALUE / 2);
    }

    /** Packets of the segment: the film's last one has fewer, one behind that none. */
    int count(int segment) {
        return (int) Math.max(0, Math.min(perSegment, packets() - firstPacket(segment)));
    }
}
