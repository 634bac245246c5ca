package org.reelcast.rtp;

/** What the receiver says about one track. */
final class ReceiverView {
    private static final int NO_COUNT = -1;

    private final int clockRate;
    private long reports;
    private int packetsLost;
    private int fractionLost;
    private long jitterUs;
    private long keyFrameRequests;
    private int fullIntraCount = NO_COUNT;

    ReceiverView(int clockRate) {
        this.clockRate = clockRate;
    }

    void report(int fraction, int lost, long jitter) {
        reports++;
        fractionLost = fraction;
        packetsLost = lost;
        jitterUs = jitter * 1_000_000 / clockRate;
    }

    void pictureLoss() {
        keyFrameRequests++;
    }

    /** Returns false for the repetition of a request (RFC 5104 section 4.3.1.1). */
    boolean fullIntra(int count) {
        if (count == fullIntraCount) {
            return false;
        }
        fullIntraCount = count;
        keyFrameRequests++;
        return true;
    }

    long reports() {
        return reports;
    }

    int packetsLost() {
        return packetsLost;
    }

    int fractionLost() {
        return fractionLost;
    }

    long jitterUs() {
        return jitterUs;
    }

    long keyFrameRequests() {
        return keyFrameRequests;
    }
}
