package org.reelcast.rtp.receive;

/**
 * What the publisher's link carries, for REMB: grows while nothing is lost and nothing queues up, falls below what
 * arrives when much is lost or packets come later and later. It stays within reach of what is really sent, so that a
 * camera at rest does not make it grow without bounds.
 */
public final class RateEstimator {
    private static final long STEP_US = 500_000;
    private static final long BASE_WINDOW_US = 10_000_000;
    private static final long JUMP_US = 5_000_000;
    private static final long QUEUE_US = 80_000;
    private static final long CALM_US = 40_000;
    private static final double MUCH_LOST = 0.10;
    private static final double LITTLE_LOST = 0.02;

    private final long minBps;
    private final long maxBps;
    private long estimateBps;
    private boolean everCongested;
    private boolean started;
    private long stepStartUs;
    private long bytes;
    private long frames;
    private long lostBefore;
    private long receivedBefore;
    /** Over the step, how much longer than the fastest the others took. */
    private long delaySumUs;
    private long baseUs = Long.MAX_VALUE;
    private long nextBaseUs = Long.MAX_VALUE;
    private long baseEndUs;
    private long lastTransitUs;

    public RateEstimator(long startBps, long minBps, long maxBps) {
        this.estimateBps = startBps;
        this.minBps = minBps;
        this.maxBps = maxBps;
    }

    /** A packet of {@code size} bytes came. */
    public void bytes(int size) {
        bytes += size;
    }

    /**
     * The first packet of a frame came; those behind it tell how the sender paces, not how the link is.
     *
     * @param transitUs its arrival on our clock minus its timestamp on the sender's, with any constant added
     */
    public void frame(long transitUs, long nowUs) {
        if (!started) {
            started = true;
            stepStartUs = nowUs;
            baseEndUs = nowUs + BASE_WINDOW_US;
        }
        if (nowUs >= baseEndUs) {
            baseUs = nextBaseUs;
            nextBaseUs = Long.MAX_VALUE;
            baseEndUs = nowUs + BASE_WINDOW_US;
        }
        if (Math.abs(transitUs - lastTransitUs) > JUMP_US) {
            clockChanged();
        }
        lastTransitUs = transitUs;
        baseUs = Math.min(baseUs, transitUs);
        nextBaseUs = Math.min(nextBaseUs, transitUs);
        frames++;
        delaySumUs += transitUs - baseUs;
    }

    /**
     * Draws conclusions, at most every half second.
     *
     * @param received packets so far
     * @param lost     packets so far that were expected and did not come in the first place
     * @return whether the estimate is new
     */
    public boolean update(long received, long lost, long nowUs) {
        if (!started || nowUs - stepStartUs < STEP_US) {
            return false;
        }
        long newlyLost = Math.max(0, lost - lostBefore);
        long newlyExpected = Math.max(1, received - receivedBefore + newlyLost);
        double loss = (double) newlyLost / newlyExpected;
        long arrivingBps = bytes * 8_000_000 / (nowUs - stepStartUs);
        long delayUs = frames == 0 ? 0 : delaySumUs / frames;
        if (frames > 0) {
            conclude(loss, delayUs, arrivingBps);
        }
        lostBefore = lost;
        receivedBefore = received;
        bytes = 0;
        frames = 0;
        delaySumUs = 0;
        stepStartUs = nowUs;
        return true;
    }

    public long estimateBps() {
        return estimateBps;
    }

    /** The timestamps' origin changed: what was fast and slow is to be learned anew. */
    private void clockChanged() {
        baseUs = Long.MAX_VALUE;
        nextBaseUs = Long.MAX_VALUE;
        delaySumUs = 0;
        frames = 0;
    }

    private void conclude(double loss, long delayUs, long arrivingBps) {
        if (loss > MUCH_LOST || delayUs > QUEUE_US) {
            everCongested = true;
            estimateBps = Math.min(estimateBps, (long) (arrivingBps * (1 - loss / 2) * 0.9));
        } else if (loss < LITTLE_LOST && delayUs < CALM_US) {
            long grown = (long) (estimateBps * (everCongested ? 1.05 : 1.3)) + 10_000;
            estimateBps = Math.max(estimateBps, Math.min(grown, 2 * arrivingBps + 200_000));
        }
        estimateBps = Math.max(minBps, Math.min(maxBps, estimateBps));
    }
}
