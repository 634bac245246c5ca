package org.reelcast.rendition.opus;

import java.io.IOException;
import org.reelcast.bitstream.opus.OpusPacket;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.Slice;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.samples.SampleReader;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;

/**
 * Walks over the packets of an Opus track as they are. Those that the edit list takes out whole do not come: decoders
 * need none of them, they find into the sound within a packet or two.
 *
 * <p>Times are only held against the packets' own lengths, as those that a browser recorded are a little off: a receiver
 * takes each such difference for a loss and makes sound up. They count where the two differ by more than
 * {@value #TOLERANCE_US} µs, for a gap.
 */
final class OpusPassThroughReader implements FrameReader {
    private static final long TOLERANCE_US = 12_000;
    private static final long NONE = Long.MIN_VALUE;
    private static final int MAX_BLOCK_BYTES = 64 * 1024;
    /** A packet that no UDP datagram holds is none; encoders make none beyond 8 KB. */
    private static final int MAX_PACKET_BYTES = 60 * 1024;

    private final Track track;
    private final Format format;
    private final SampleReader samples;
    /** Where the last packet ended; {@link #NONE} when there was none. */
    private long endUs = NONE;

    private long startUs;
    private boolean closed;

    OpusPassThroughReader(Track track, ByteSource source, SharedBlocks blocks, Format format) {
        this.track = track;
        this.format = format;
        this.samples = new SampleReader(source, track.samples(), MAX_BLOCK_BYTES, MAX_PACKET_BYTES, blocks);
    }

    @Override
    public Frame next() throws IOException {
        while (!closed && samples.next()) {
            SampleCursor at = samples.at();
            if (!at.isCut() && at.size() > 0) {
                samples.read();
                Slice packet = new Slice(samples.array(), samples.offset(), samples.length());
                long timeUs = timeUs(at.presentationTimeUs());
                startUs = timeUs;
                endUs = timeUs + OpusPacket.durationUs(packet);
                return new Frame(format, timeUs, timeUs, true, packet);
            }
        }
        return null;
    }

    private long timeUs(long inFileUs) {
        if (endUs == NONE) {
            return inFileUs;
        }
        return Math.abs(inFileUs - endUs) <= TOLERANCE_US ? endUs : Math.max(inFileUs, startUs + 1);
    }

    @Override
    public void seek(long timeUs) throws IOException {
        endUs = NONE;
        SampleReader.reach(track, timeUs);
        samples.standBefore(Math.max(0, track.samples().syncAtOrBefore(timeUs)));
    }

    @Override
    public void close() {
        closed = true;
    }
}
