package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.Frame;
import org.reelcast.rendition.encoders.EncoderJob;
import org.reelcast.rendition.encoders.EncoderSlot;
import org.reelcast.rendition.encoders.Workload;

/**
 * The encoder of a film from one place on, segment after segment, as far as its readers want it: up to a horizon a
 * little ahead of them.
 */
final class SegmentEncoder implements EncoderJob {
    private static final Logger LOG = Logger.getLogger(SegmentEncoder.class.getName());
    private static final int PICTURES_A_STEP = 6;
    /** So that whoever is waited for need not wait for what nobody waits for. */
    private static final int PICTURES_A_STEP_IN_BACKGROUND = 1;
    /** Whoever reads wants more with each segment at least, and waits so long for the first picture. */
    private static final long WANTED_NS = 6_000_000_000L;

    /** Where the segments go, for the encoder's thread. */
    interface Output {
        /**
         * The encoder goes on to the segment at {@code startUs}.
         *
         * @return that segment; null when it is ready or somebody else makes it
         */
        Segment begin(long startUs, SegmentEncoder encoder) throws IOException;

        /** A picture of the segment under way was encoded. */
        void onPicture();

        /** The segment is done. */
        void onFinished(Segment segment) throws IOException;

        /** A segment is too much for the memory of any machine. */
        void onTooMuch(String why);

        /** The encoder ends; {@code last} is the segment that it was at, done or not. */
        void onGone(SegmentEncoder encoder, Segment last);
    }

    private final EncodingSpec spec;
    private final Output output;
    private final EncoderSlot slot;
    private final NanoClock clock;
    private final FilmDecoder decoder;
    private final FrameEncoder encoder;
    private long lastUs = Long.MIN_VALUE;
    private volatile boolean finished;
    private volatile long wantedNs;

    // guarded by this
    private Segment segment;
    private long horizonUs;
    private long backgroundUs;
    private long madeUs;

    /**
     * An encoder whose first segment is {@code first}.
     *
     * @param slot       its place in the pool, where it is to be started
     * @param maxThreads that it may keep busy
     * @param wanted     whether somebody waits for it
     * @throws IOException when there is no memory for another decoder; the message is a clause
     */
    SegmentEncoder(
            EncodingSpec spec,
            Segment first,
            Output output,
            EncoderSlot slot,
            NanoClock clock,
            int maxThreads,
            boolean wanted)
            throws IOException {
        this.spec = spec;
        this.output = output;
        this.slot = slot;
        this.clock = clock;
        this.decoder = new FilmDecoder(spec, first.bounds(), maxThreads);
        this.encoder = new FrameEncoder(spec, maxThreads);
        this.segment = first;
        this.madeUs = first.bounds().startUs();
        this.horizonUs = madeUs;
        this.backgroundUs = madeUs;
        this.wantedNs = clock.nowNs() - (wanted ? 0 : WANTED_NS);
    }

    /** A reader wants all up to {@code untilUs}. */
    void want(long untilUs) {
        wantedNs = clock.nowNs();
        synchronized (this) {
            horizonUs = Math.max(horizonUs, untilUs);
        }
        slot.wake();
    }

    /** All up to {@code untilUs} shall be made when there is time: nobody waits for it. */
    void wantInBackground(long untilUs) {
        synchronized (this) {
            backgroundUs = Math.max(backgroundUs, untilUs);
        }
        slot.wake();
    }

    @Override
    public boolean isWantedAt(long nowNs) {
        return nowNs - wantedNs < WANTED_NS;
    }

    @Override
    public Workload workload() {
        return spec;
    }

    @Override
    public synchronized long slackUs() {
        return madeUs - horizonUs;
    }

    @Override
    public synchronized boolean hasWork() {
        return !finished && madeUs < Math.max(horizonUs, backgroundUs);
    }

    /** The segment under way, or the one that it made last. */
    private synchronized Segment segment() {
        return segment;
    }

    @Override
    public boolean step(Core core) throws IOException {
        int made = 0;
        int enough = slackUs() >= 0 ? PICTURES_A_STEP_IN_BACKGROUND : PICTURES_A_STEP;
        while (made < enough && !finished && !core.isStopping()) {
            FilmDecoder.Step step = decoder.step(core);
            if (step == FilmDecoder.Step.PICTURE) {
                made += take() ? 1 : 0;
            } else if (step == FilmDecoder.Step.END) {
                finish(segment());
                finished = true;
            }
        }
        return !finished;
    }

    /** Encodes the decoder's picture into the segment where it belongs; false when it belongs to none. */
    private boolean take() throws IOException {
        long timeUs = decoder.timeUs();
        if (timeUs < 0
                || timeUs <= lastUs
                || timeUs < segment().bounds().startUs()
                || timeUs >= spec.track().durationUs()) {
            return false;
        }
        while (timeUs >= segment().bounds().endUs()) {
            if (!nextSegment()) {
                finished = true;
                return false;
            }
        }
        if (!encoder.wants(timeUs)) {
            return false;
        }
        if (segment().isFull()) {
            output.onTooMuch(Segment.TOO_MUCH);
            LOG.log(Level.WARNING, "{0} is re-encoded no more: {1}. It goes on without its B-frames", new Object[] {
                spec.file(), Segment.TOO_MUCH
            });
            throw new IOException(Segment.TOO_MUCH);
        }
        Frame frame = encoder.encode(decoder.picture(), decoder.shape(), timeUs);
        lastUs = timeUs;
        synchronized (this) {
            madeUs = timeUs;
        }
        output.onPicture();
        segment().add(frame);
        return true;
    }

    private void finish(Segment made) throws IOException {
        made.finish();
        output.onFinished(made);
    }

    /** Goes on to the next segment; false when somebody else has it or makes it. */
    private boolean nextSegment() throws IOException {
        Segment made = segment();
        try {
            // before anybody sees that this segment is done and has the next one made elsewhere
            Segment next = output.begin(made.bounds().endUs(), this);
            if (next == null) {
                return false;
            }
            synchronized (this) {
                segment = next;
            }
        } finally {
            finish(made);
        }
        encoder.beginSegment();
        return true;
    }

    /** Gives back what it has; instead of starting it. */
    void discard() {
        encoder.close();
        decoder.close();
    }

    /** Stops it; what is at work now ends first. */
    void close() {
        slot.close();
    }

    @Override
    public void end(IOException failure) {
        Segment last = segment();
        // first: who is told that it failed asks for it again
        output.onGone(this, last);
        if (!last.isDone()) {
            last.fail(failure);
        }
        discard();
    }

    @Override
    public String toString() {
        return "Re-encoding " + spec.file();
    }
}
