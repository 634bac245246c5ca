package org.reelcast.rendition.reencode;

import java.io.IOException;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;

/**
 * The reader of a re-encoded film, segment by segment; it says how far ahead more will be wanted. When pictures come
 * too late, it goes over to the file's own, without those that hold B slices, and comes back at the start of a segment:
 * of one that is ready, and some time later of one that it has made.
 */
final class ReencodedReader implements FrameReader {
    private static final long AHEAD_US = 4_000_000;
    private static final long FIRST_WAIT_NS = 5_000_000_000L;
    private static final long WAIT_NS = 1_500_000_000L;
    /** A film of which nothing else can be shown waits so long for a picture. */
    private static final long LONGEST_WAIT_NS = 60_000_000_000L;

    private static final long COMEBACK_US = 3_000_000;
    /** How often, in film time, it looks whether a segment to come back to is ready. */
    private static final long LOOK_US = 500_000;

    private final ReencodedVideo video;
    private final NanoClock clock;
    private final DropBReader dropB;
    private final LatenessBudget lateness = new LatenessBudget();
    private Segment segment;
    /** What the segment is of. */
    private ReencodedTrack from;

    private int index;
    private long nextUs;
    private long lastStartUs = Long.MIN_VALUE;
    private long lastUs = Long.MIN_VALUE;
    /** When the last picture came, or somebody began to wait for one. */
    private long lastNs;

    private boolean started;
    private boolean retried;
    private boolean atEnd;
    private boolean dropping;
    private ReencodedVideo.Pick comeback;
    private long lookUs = Long.MIN_VALUE;
    private Segment prefetched;

    /** @param dropB null where nothing but what is encoded can be shown */
    ReencodedReader(ReencodedVideo video, NanoClock clock, DropBReader dropB) {
        this.video = video;
        this.clock = clock;
        this.dropB = dropB;
    }

    @Override
    public Frame next() throws IOException {
        lastNs = clock.nowNs();
        while (!atEnd) {
            Frame frame = dropping ? without() : made();
            if (frame != null) {
                lastUs = frame.presentationTimeUs();
                lastNs = clock.nowNs();
                return frame;
            }
        }
        return null;
    }

    /** The next picture that was made; null when there is none for now, and something else has to be tried. */
    private Frame made() throws IOException {
        if (segment == null && !open()) {
            return null;
        }
        from.want(segment, Math.max(lastUs, segment.bounds().startUs()) + AHEAD_US);
        long beforeNs = clock.nowNs();
        Frame frame = segment.await(index, clock, beforeNs + (started ? WAIT_NS : FIRST_WAIT_NS));
        if (frame == null) {
            over();
            return null;
        }
        index++;
        started = true;
        retried = false;
        if (lateness.isLost((clock.nowNs() - beforeNs) / 1000, frame.presentationTimeUs())) {
            fallBack("pictures are not encoded as fast as they are shown");
        } else {
            prefetch(frame.presentationTimeUs());
        }
        return frame;
    }

    private boolean open() throws IOException {
        try {
            ReencodedVideo.Pick next = video.at(nextUs, from, false);
            if (next == null && dropB == null) {
                next = video.whatever(nextUs);
            }
            if (next == null) {
                leave();
                return false;
            }
            segment = next.segment();
            from = next.from();
            video.given(next);
            atEnd = segment.bounds().startUs() <= lastStartUs;
            lastStartUs = segment.bounds().startUs();
            index = 0;
            return !atEnd;
        } catch (IOException e) {
            fallBackFrom(e);
            return false;
        }
    }

    /** There is no further picture in this segment for now: why? */
    private void over() throws IOException {
        if (segment.isDone()) {
            atEnd = segment.bounds().isLast();
            nextUs = segment.bounds().endUs();
            segment = null;
        } else if (!segment.isFailed()) {
            fallBack("the encoders are busy");
        } else if (retried && dropB != null && video.isReduced(from)) {
            fallBack(segment.failure().getMessage());
        } else if (retried) {
            throw segment.failure();
        } else {
            // given up because nobody wanted it, until now: the same again, up to where we were
            retried = true;
            again();
        }
    }

    private void again() throws IOException {
        SegmentGrid.Bounds bounds =
                from.spec().grid().at(Math.max(lastUs, segment.bounds().startUs()));
        try {
            segment = from.segment(bounds, ReencodedTrack.Need.HERE);
        } catch (IOException e) {
            fallBackFrom(e);
            return;
        }
        index = skip();
    }

    private int skip() throws IOException {
        from.want(segment, Math.max(lastUs, segment.bounds().startUs()) + AHEAD_US);
        int at = 0;
        Frame frame = segment.await(at, clock, clock.nowNs() + FIRST_WAIT_NS);
        while (frame != null && frame.presentationTimeUs() <= lastUs) {
            frame = segment.await(++at, clock, clock.nowNs() + FIRST_WAIT_NS);
        }
        return at;
    }

    /** Near the end of a ready segment has the next one made. */
    private void prefetch(long timeUs) throws IOException {
        long endUs = segment.bounds().endUs();
        if (prefetched == segment || segment.bounds().isLast() || !segment.isDone() || timeUs + AHEAD_US / 2 < endUs) {
            return;
        }
        prefetched = segment;
        try {
            ReencodedVideo.Pick next = video.at(endUs, from, true);
            if (next != null) {
                want(next);
            }
        } catch (IOException e) {
            fallBackFrom(e);
        }
    }

    /** @throws IOException the same when nothing else can be shown */
    private void fallBackFrom(IOException why) throws IOException {
        if (dropB == null) {
            throw why;
        }
        fallBack(why.getMessage());
    }

    private static void want(ReencodedVideo.Pick pick) {
        pick.from().want(pick.segment(), pick.segment().bounds().startUs() + AHEAD_US / 2);
    }

    private void fallBack(String why) throws IOException {
        if (dropB != null) {
            leave();
            video.behind(from, why);
        } else if (clock.nowNs() - lastNs > LONGEST_WAIT_NS) {
            throw new IOException(
                    video.file() + ": no picture came of its decoder for " + LONGEST_WAIT_NS / 1_000_000_000 + " s");
        } else {
            // nothing else can be shown: the film waits, or what is late is left out
            lateness.reset();
            video.behind(from, why);
        }
    }

    private void leave() {
        dropping = true;
        segment = null;
        comeback = null;
        lookUs = Long.MIN_VALUE;
    }

    /** The next of the file's own pictures without B slices, or the first of a segment to come back to. */
    private Frame without() throws IOException {
        Frame frame = dropB.next(lastUs);
        if (frame == null) {
            atEnd = true;
            return null;
        }
        long timeUs = frame.presentationTimeUs();
        if (comeback == null && timeUs >= lookUs) {
            lookUs = timeUs + LOOK_US;
            lookFor(timeUs);
        } else if (comeback != null && timeUs >= comeback.segment().bounds().startUs()) {
            Frame first = comeback.segment().frame(0);
            if (first == null || first.presentationTimeUs() <= lastUs) {
                from = comeback.from();
                fallBack("the encoders are still busy");
                return frame;
            }
            dropping = false;
            from = comeback.from();
            video.caughtUp(from);
            dropB.stop();
            lateness.reset();
            segment = comeback.segment();
            comeback = null;
            lastStartUs = segment.bounds().startUs();
            index = 1;
            return first;
        }
        return frame;
    }

    /** Looks for a segment ahead to come back to. */
    private void lookFor(long timeUs) {
        ReencodedVideo.Pick ahead;
        try {
            ahead = video.at(timeUs + COMEBACK_US, from, true);
        } catch (IOException e) {
            // until there is an encoder for it again; where the file breaks, its own pictures tell
            return;
        }
        if (ahead != null) {
            want(ahead);
            comeback = ahead.segment().bounds().startUs() > timeUs ? ahead : null;
        }
    }

    @Override
    public void seek(long timeUs) throws IOException {
        segment = null;
        from = null;
        comeback = null;
        prefetched = null;
        index = 0;
        nextUs = Math.max(0, timeUs);
        lastUs = Long.MIN_VALUE;
        lastStartUs = Long.MIN_VALUE;
        lateness.reset();
        retried = false;
        started = false;
        atEnd = false;
        dropping = false;
        lookUs = Long.MIN_VALUE;
        if (dropB != null) {
            dropB.seek(nextUs);
        }
    }

    @Override
    public void close() {
        if (dropB != null) {
            dropB.close();
        }
        segment = null;
        comeback = null;
        prefetched = null;
        atEnd = true;
    }
}
