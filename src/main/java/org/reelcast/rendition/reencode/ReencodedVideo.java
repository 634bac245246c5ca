package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.rendition.Encoding;
import org.reelcast.rendition.encoders.EncoderPool;
import org.reelcast.rendition.samples.SharedSource;

/**
 * The re-encoded picture of one film, for all who play it: in full, or reduced where this machine cannot encode all of
 * it as fast as it is shown. Segments that are ready in full are shown in full.
 */
final class ReencodedVideo implements Encoding {
    private static final Logger LOG = Logger.getLogger(ReencodedVideo.class.getName());
    private static final String TOO_SLOW = "pictures were not encoded as fast as they are shown";
    private static final String OTHERS = "other films are encoded";

    /** Who asks for one segment asks for the next ones soon. */
    private static final long PEER_AHEAD_US = 4_000_000;

    private final ReencodedTrack full;
    private final ReencodedTrack reduced;
    private final EncoderPool pool;
    private final Backlog backlog;
    private final String tooLarge;
    private final String reducedTo;
    private final Otherwise otherwise;

    /** What readers get that nobody encodes anything for. */
    enum Otherwise {
        WITHOUT_B("without its B-frames, at a lower frame rate", "B-frames are left out"),
        AS_IN_FILE("as it is in the file", "Shown as it is in the file"),
        LATE("as fast as it can be encoded", "Pictures come late");

        private final String how;
        private final String note;

        Otherwise(String how, String note) {
            this.how = how;
            this.note = note;
        }
    }

    /** A segment, and the track of which it is. */
    record Pick(ReencodedTrack from, Segment segment) {}

    /**
     * @param full    what later viewers get in any case
     * @param reduced the same film reduced; null for none
     * @param otherwise what readers get that nobody encodes anything for
     * @param pool    encodes both
     * @param backlog of films to be made whole for later viewers
     */
    ReencodedVideo(
            ReencodedTrack full, ReencodedTrack reduced, Otherwise otherwise, EncoderPool pool, Backlog backlog) {
        this.full = full;
        this.reduced = reduced;
        int width = full.spec().shape().width();
        int height = full.spec().shape().height();
        this.pool = pool;
        this.backlog = backlog;
        this.tooLarge = width + "x" + height + " at " + full.spec().framesPerSecond()
                + " pictures a second is too much for " + pool.threads()
                + (pool.threads() == 1 ? " core" : " cores") + " to encode while it is shown";
        this.otherwise = otherwise;
        this.reducedTo =
                reduced == null ? null : "at " + reduced.spec().target().describe(width, height);
    }

    /** Whether there is no point in encoding all of it while it is shown, for all that is known of the cores. */
    private boolean isTooLarge() {
        return full.spec().cores() > ReductionStep.most(pool.power());
    }

    /** What later viewers get, and who has time. */
    ReencodedTrack full() {
        return full;
    }

    SharedSource source() {
        return full.spec().source();
    }

    /**
     * The best segment for {@code timeUs} that is ready or can be made in time, from now on; null for none.
     *
     * @param before what the reader had before; null at the start
     * @param ahead  whether there is time for an encoder to begin: who has the film reduced goes over to all of it then
     * @throws IOException when the file's index breaks there or there are too many encoders
     */
    Pick at(long timeUs, ReencodedTrack before, boolean ahead) throws IOException {
        SegmentGrid.Bounds bounds = full.spec().grid().at(timeUs);
        Segment whole = full.ready(bounds);
        if (whole != null) {
            return new Pick(full, whole);
        }
        String why = whyNotInFull(bounds);
        if (why == null && isReduced(before) && !ahead && !full.isWanted(bounds)) {
            why = TOO_SLOW;
        }
        if (why == null) {
            if (isReduced(before)) {
                full.status().caughtUp();
            }
            return new Pick(full, full.segment(bounds, ahead ? ReencodedTrack.Need.SOON : ReencodedTrack.Need.NOW));
        }
        notInFull(why, before);
        return reduced(bounds);
    }

    /** The segment for {@code timeUs} however late it comes: for who has nothing else to show. */
    Pick whatever(long timeUs) throws IOException {
        ReencodedTrack from = reduced == null ? full : reduced;
        return new Pick(from, from.segment(from.spec().grid().at(timeUs), ReencodedTrack.Need.NOW));
    }

    /**
     * For another server: that segment in full, ready or under way here; null when there is none, or no time for it.
     *
     * @param made whether it is wanted only when it is ready
     */
    Segment forPeer(long startUs, boolean made) throws IOException {
        SegmentGrid.Bounds bounds = full.spec().grid().at(startUs);
        if (bounds.startUs() != startUs) {
            return null;
        }
        Segment ready = full.ready(bounds);
        if (ready != null || made || whyNotInFull(bounds) != null) {
            return ready;
        }
        Segment segment = full.segment(bounds, ReencodedTrack.Need.HERE);
        full.want(segment, startUs + PEER_AHEAD_US);
        return segment;
    }

    /** As it goes to another server. */
    byte[] bytes(Segment segment) {
        return new SegmentFile(full.spec().shape().rotation()).write(List.of(segment));
    }

    String file() {
        return full.file();
    }

    private String whyNotInFull(SegmentGrid.Bounds bounds) {
        if (isTooLarge()) {
            return tooLarge;
        }
        if (full.status().isSlow()) {
            return TOO_SLOW;
        }
        return reduced == null || full.isWanted(bounds) || pool.hasTime(full.spec(), reduced.spec()) ? null : OTHERS;
    }

    private Pick reduced(SegmentGrid.Bounds bounds) {
        if (reduced == null) {
            return null;
        }
        String why = TOO_SLOW;
        Segment segment = null;
        try {
            segment = reduced.status().isSlow()
                    ? reduced.ready(bounds)
                    : reduced.segment(bounds, ReencodedTrack.Need.HERE);
        } catch (IOException e) {
            why = e.getMessage();
        }
        if (segment == null) {
            reduced.status().complain(why);
            return null;
        }
        return new Pick(reduced, segment);
    }

    /** Whether {@code track} is what viewers get who cannot get all. */
    boolean isReduced(ReencodedTrack track) {
        return track != null && track == reduced;
    }

    /** A reader goes on without B-frames. @param from what came too late; null for whatever there is */
    void behind(ReencodedTrack from, String why) {
        pool.fellBehind();
        if (!isReduced(from)) {
            boolean isNew = full.status().behind(why);
            boolean later = finishLater();
            if (isNew) {
                log(why, later);
            }
        } else if (reduced.status().behind(why)) {
            LOG.log(Level.WARNING, "{0} is not re-encoded {1} either: {2}. It goes on {3}", new Object[] {
                full.file(), reducedTo, why, otherwise.how
            });
        }
    }

    private void notInFull(String why, ReencodedTrack before) {
        boolean isNew = full.status().complain(why);
        if (!isReduced(before)) {
            // it is made for later viewers, whatever became of that before
            boolean later = finishLater();
            if (isNew) {
                log(why, later);
            }
        }
    }

    /** It is made whole in the background, if there is room for it. @return whether it is */
    private boolean finishLater() {
        return full.isWorthFinishing() && backlog.add(full);
    }

    private void log(String why, boolean later) {
        LOG.log(Level.WARNING, "{0} is not re-encoded as it is: {1}. It goes on {2}{3}", new Object[] {
            full.file(),
            why,
            reduced == null ? otherwise.how : reducedTo,
            later ? "; it is encoded in the background for later viewers" : ""
        });
    }

    /** A reader goes on to {@code pick}: as fast as it is shown for all that is known, unless it is what was ready. */
    void given(Pick pick) {
        if (isReduced(pick.from()) || pick.segment().isUnderWay()) {
            pick.from().status().caughtUp();
        }
    }

    /** A reader that went on without B-frames is back. */
    void caughtUp(ReencodedTrack from) {
        // of a film that is too large a part was ready, no more
        if (!(from == full && isTooLarge()) && from.status().caughtUp()) {
            LOG.log(Level.INFO, "{0} is re-encoded again, {1}", new Object[] {
                full.file(), from == full ? "with all its pictures" : reducedTo
            });
        }
    }

    /** What viewers who do not get it in full should know. */
    Optional<String> note() {
        String why = full.status().complaint();
        if (why == null) {
            return Optional.empty();
        }
        boolean isReduced = reduced != null && reduced.status().complaint() == null;
        double share = full.status().finishedShare();
        String later =
                share < 0 ? "" : String.format(Locale.ROOT, " (%.0f %% is encoded for later viewers)", share * 100);
        return Optional.of((isReduced ? "Shown " + reducedTo : otherwise.note) + ": " + why + later);
    }

    @Override
    public boolean isStarved() {
        return full.isStarved() && (reduced == null || reduced.isStarved());
    }

    @Override
    public boolean isBusy() {
        return backlog.has(full);
    }

    /** Pictures encoded so far, in full and reduced. */
    long encoded() {
        return full.encoded() + (reduced == null ? 0 : reduced.encoded());
    }

    void close() {
        full.close();
        if (reduced != null) {
            reduced.close();
        }
    }
}
