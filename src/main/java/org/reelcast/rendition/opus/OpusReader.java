package org.reelcast.rendition.opus;

import java.io.IOException;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;

/** Walks over the packets of one film's sound, segment by segment. */
final class OpusReader implements FrameReader {
    private final OpusTrack track;
    private final OpusTrack.Opener opener;
    private final OpusSegmentGrid grid;
    private int packet;
    private int segmentIndex = -1;
    private OpusSegment segment;

    OpusReader(OpusTrack track, OpusTrack.Opener opener) {
        this.track = track;
        this.opener = opener;
        this.grid = track.grid();
    }

    @Override
    public Frame next() throws IOException {
        if (!grid.has(packet)) {
            return null;
        }
        int index = packet / grid.packetsPerSegment();
        if (index != segmentIndex) {
            segment = track.segment(index, opener);
            segmentIndex = index;
        }
        int at = packet % grid.packetsPerSegment();
        if (segment.isWhole() && at >= segment.count()) {
            // made when it was known where the sound ends: sooner than the film promises
            grid.findEnd();
            return null;
        }
        packet++;
        return segment.frame(at);
    }

    @Override
    public void seek(long timeUs) {
        packet = (int) Math.max(0, Math.min(Integer.MAX_VALUE / 2, timeUs / grid.packetUs()));
    }

    @Override
    public void close() {
        segment = null;
        segmentIndex = -1;
        packet = Integer.MAX_VALUE;
    }
}
