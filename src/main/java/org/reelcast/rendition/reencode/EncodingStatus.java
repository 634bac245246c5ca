package org.reelcast.rendition.reencode;

import org.reelcast.loop.AnyThread;
import org.reelcast.loop.NanoClock;

/**
 * The state of a track's encoding as its readers see it: whether they get it, and if not, why and for how long; and how
 * far it is made for later ones.
 */
@AnyThread
final class EncodingStatus {
    /** After it was made whole in the background, or could not be. */
    private static final long TRIED_AGAIN_NS = 3_600_000_000_000L;

    private final NanoClock clock;
    private final RetryBackoff backoff;
    private String complaint;
    private volatile long triedNs;
    private volatile double finishedShare = -1;

    /** @param retryNs after a reader fell behind, when encoding is tried again; twice as long each further time */
    EncodingStatus(NanoClock clock, long retryNs) {
        this.clock = clock;
        this.backoff = new RetryBackoff(retryNs);
        this.triedNs = clock.nowNs() - TRIED_AGAIN_NS - 1;
    }

    /** A reader's pictures came too late: for a while none tries. @return whether it was not known yet */
    boolean behind(String why) {
        backoff.again(clock.nowNs());
        return complain(why);
    }

    /** Whether a reader fell behind a short time ago: then no other tries. */
    boolean isSlow() {
        return backoff.is(clock.nowNs());
    }

    /** No more of it is encoded. */
    synchronized void refuse(String why) {
        backoff.never(why);
        complaint = why;
    }

    /** Why no more of it is encoded; null when it is. */
    String refusal() {
        return backoff.never();
    }

    /** It is not what readers get for now. @return whether that was not known yet */
    synchronized boolean complain(String why) {
        boolean known = complaint != null;
        complaint = known ? complaint : why;
        return !known;
    }

    /** A reader that fell behind is back. @return whether there was something to complain of */
    synchronized boolean caughtUp() {
        boolean complained = complaint != null;
        complaint = null;
        return complained;
    }

    /** Why readers do not get it; null when all do. */
    synchronized String complaint() {
        return complaint;
    }

    /** It was made whole in the background, or could not be. */
    void tried() {
        triedNs = clock.nowNs();
    }

    /** Whether that was less than an hour ago: it is not tried again. */
    boolean isTriedLately() {
        return clock.nowNs() - triedNs <= TRIED_AGAIN_NS;
    }

    /** @param share of it that is made in the background for later viewers, 0 to 1; negative while none is at work */
    void finishing(double share) {
        finishedShare = share;
    }

    /** How much of it is made in the background so far, 0 to 1; negative while that is not at work. */
    double finishedShare() {
        return finishedShare;
    }

    /** All of it is made: there is nothing left to fall behind at. */
    synchronized void whole() {
        backoff.forget();
        complaint = null;
    }
}
