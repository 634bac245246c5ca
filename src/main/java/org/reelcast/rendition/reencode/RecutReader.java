package org.reelcast.rendition.reencode;

import java.io.IOException;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** Reads a re-encoded film in full, and waits for its pictures however late they come: who asks for a file has time. */
final class RecutReader implements FrameReader {
    private static final long AHEAD_US = 4_000_000;
    /** An encoder that nobody asks for more gives way to others. */
    private static final long ASK_AGAIN_NS = 1_500_000_000L;

    private static final long LONGEST_WAIT_NS = 60_000_000_000L;
    /** An encoder may be given up for others, now and then. */
    private static final int MOST_FAILURES = 3;

    private final ReencodedTrack track;
    private final NanoClock clock;
    private SegmentGrid.Bounds bounds;
    private Segment segment;
    private int index;
    private int failures;
    private long lastUs;
    private boolean atEnd;

    RecutReader(ReencodedTrack track, NanoClock clock) {
        this.track = track;
        this.clock = clock;
    }

    @Override
    public Frame next() throws IOException {
        long untilNs = clock.nowNs() + LONGEST_WAIT_NS;
        while (!atEnd) {
            begin();
            track.want(segment, Math.max(lastUs, bounds.startUs()) + AHEAD_US);
            Frame frame = segment.await(index, clock, clock.nowNs() + ASK_AGAIN_NS);
            if (frame != null) {
                index++;
                failures = 0;
                lastUs = frame.presentationTimeUs();
                return frame;
            }
            if (segment.isFailed()) {
                again();
            } else if (segment.isDone() && segment.frame(index) == null) {
                goOn();
            } else if (clock.nowNs() - untilNs > 0) {
                throw new Refusal(
                        StatusText.SERVER_IS_OVERLOADED,
                        track.file() + ": no picture was encoded for " + LONGEST_WAIT_NS / 1_000_000_000 + " s");
            }
        }
        return null;
    }

    private void begin() throws IOException {
        if (bounds == null) {
            bounds = track.spec().grid().at(0);
        }
        if (segment == null) {
            try {
                segment = track.segment(bounds, ReencodedTrack.Need.NOW);
            } catch (IOException e) {
                boolean forGood = track.status().refusal() != null;
                throw new Refusal(
                        forGood ? StatusText.FILE_CANNOT_BE_CUT : StatusText.SERVER_IS_OVERLOADED, e.getMessage(), e);
            }
        }
    }

    /** The same segment, whose pictures are the same whoever makes them. */
    private void again() throws IOException {
        failures++;
        if (failures > MOST_FAILURES) {
            throw segment.failure();
        }
        segment = null;
    }

    private void goOn() throws IOException {
        SegmentGrid.Bounds next = bounds.isLast() ? bounds : track.spec().grid().at(bounds.endUs());
        atEnd = next.startUs() <= bounds.startUs();
        bounds = next;
        segment = null;
        index = 0;
    }

    @Override
    public void seek(long timeUs) throws IOException {
        bounds = track.spec().grid().at(Math.max(0, timeUs));
        segment = null;
        index = 0;
        failures = 0;
        lastUs = 0;
        atEnd = false;
    }

    @Override
    public void close() {
        segment = null;
        atEnd = true;
    }
}
