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
    private static final long DRAINED_US = 10_000;
    private static final long ENOUGH_US = 50_000;
    private static final long ENOUGH_PACKETS = 200;
    /** Enough when as much is lost as never by chance. */
    private static final long SOME_PACKETS = 60;

    private static final double VERY_MUCH_LOST = 0.20;
    private static final double MUCH_LOST = 0.10;
    private static final double LITTLE_LOST = 0.02;
    /** After so many steps without any loss, earlier ones count no more. */
    private static final int CALM_STEPS = 3;
    /** What is lost at a full queue, or behind it, is that queue's doing and says nothing more. */
    private static final long QUEUE_LOSS_US = 2_000_000;
    /** Of what the way carried when it was full: room for the queue to drain. */
    private static final double ROOM = 0.85;
    /** The estimate stays within twice of what comes, and this. */
    private static final long SLACK_BPS = 200_000;

    private final long minBps;
    private final long maxBps;
    private long estimateBps;
    /** What the way carried when it was full last; 0 when that is not known or no longer true. */
    private long capacityBps;

    private long queuedUs = Long.MIN_VALUE / 2;
    private long lastDelayUs;
    private double loss;
    private int stepsWithoutLoss;
    private boolean lossIsNew;
    /** Of the packets that {@link #loss} is counted in: how many there should be, how many are missing, since when. */
    private long expected;

    private long missing;
    private long countedBytes;
    private long countedFromUs;
    /** What was sent meanwhile, whether it arrived or not. */
    private long sentBps;

    private boolean started;
    private long stepStartUs;
    private long bytes;
    private long bytesBefore;
    /** What came, and in how much time, while the way was full. */
    private long fullBytes;

    private long fullUs;
    private long lastArrivalUs;
    private long samples;
    private long lostBefore;
    private long receivedBefore;
    /** Over the step, how much longer than the fastest the others took. */
    private long delaySumUs;

    private long baseUs = Long.MAX_VALUE;
    private long nextBaseUs = Long.MAX_VALUE;
    private long baseEndUs;
    private long lastTransitUs;

    /**
     * @param startBps what the way is taken to carry at first, in bits a second
     * @param minBps   the least that is ever said
     * @param maxBps   the most
     */
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
     * A packet came that tells how long it took.
     *
     * @param transitUs its arrival on our clock minus its departure, or its timestamp, on the sender's, with any
     *     constant
     */
    public void transit(long transitUs, long nowUs) {
        if (!started) {
            started = true;
            stepStartUs = nowUs;
            countedFromUs = nowUs;
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
        long delayUs = transitUs - baseUs;
        if (delayUs > CALM_US && nowUs - lastArrivalUs <= delayUs) {
            // it waited since before the last one came: the way was full all the time between
            fullBytes += bytes - bytesBefore;
            fullUs += nowUs - lastArrivalUs;
        }
        bytesBefore = bytes;
        lastArrivalUs = nowUs;
        samples++;
        delaySumUs += delayUs;
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
        countLoss(newlyLost, received - receivedBefore + newlyLost, nowUs);
        if (samples > 0) {
            conclude(delaySumUs / samples, bytes * 8_000_000 / (nowUs - stepStartUs), nowUs);
        }
        lostBefore = lost;
        receivedBefore = received;
        bytes = 0;
        bytesBefore = 0;
        fullBytes = 0;
        fullUs = 0;
        samples = 0;
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
        samples = 0;
    }

    /** Few packets tell little: of 25 that each get lost by one in twenty, more than two are lost every eighth time. */
    private void countLoss(long newlyLost, long newlyExpected, long nowUs) {
        expected += newlyExpected;
        missing += newlyLost;
        countedBytes += bytes;
        stepsWithoutLoss = newlyLost > 0 ? 0 : stepsWithoutLoss + 1;
        lossIsNew = expected >= ENOUGH_PACKETS || expected >= SOME_PACKETS && missing > expected * VERY_MUCH_LOST;
        if (lossIsNew || stepsWithoutLoss >= CALM_STEPS) {
            loss = stepsWithoutLoss >= CALM_STEPS ? 0 : (double) missing / expected;
            long cameBps = countedBytes * 8_000_000 / Math.max(1, nowUs - countedFromUs);
            sentBps = (long) (cameBps / (1 - Math.min(0.9, loss)));
            expected = 0;
            missing = 0;
            countedBytes = 0;
            countedFromUs = nowUs;
        }
    }

    private void conclude(long delayUs, long arrivingBps, long nowUs) {
        boolean queues = delayUs > QUEUE_US;
        boolean drains = delayUs < lastDelayUs - DRAINED_US;
        lastDelayUs = delayUs;
        if (queues && !drains) {
            capacityBps = fullUs < ENOUGH_US ? arrivingBps : fullBytes * 8_000_000 / fullUs;
            estimateBps = Math.min(estimateBps, (long) (capacityBps * ROOM));
            queuedUs = nowUs;
        } else if (lossIsNew && loss > MUCH_LOST && nowUs - queuedUs > QUEUE_LOSS_US) {
            // not by what arrives now: behind a burst of losses that is little for want of sending
            estimateBps = (long) (Math.min(estimateBps, sentBps) * (1 - loss / 2));
        } else if (!queues && loss < LITTLE_LOST && delayUs < CALM_US) {
            grow(arrivingBps);
        }
        estimateBps = Math.max(minBps, Math.min(maxBps, estimateBps));
    }

    /**
     * At once to what surely fits where it is known what the way carried when it was full, slowly around that, fast
     * where the way carries more by now.
     */
    private void grow(long arrivingBps) {
        if (estimateBps > capacityBps * 1.3) {
            capacityBps = 0;
        }
        double step = capacityBps == 0
                ? 1.3
                : estimateBps > capacityBps * 1.1 ? 1.1 : estimateBps > capacityBps * 0.95 ? 1.02 : 1.04;
        long grown = Math.max((long) (capacityBps * ROOM), (long) (estimateBps * step) + 10_000);
        estimateBps = Math.max(estimateBps, Math.min(grown, 2 * arrivingBps + SLACK_BPS));
    }
}
