package org.reelcast.rtp;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;

/**
 * The way to a viewer through a link of a given width with a queue before it: what the queue has no room for is lost,
 * and so is a part of the rest. By a seed and without a clock of its own.
 */
final class NarrowNetwork extends FlatSink {
    /** UDP and IP, and the authentication tag that is not there in tests. */
    private static final int OVERHEAD = 44;

    private final Random random = new Random(7);
    private final Queue<FakeNetwork.Packet> onTheWay = new ArrayDeque<>();
    private final long queueUs;
    private final long delayUs;
    private final double loss;
    private long bitsPerSecond;
    private long nowUs;
    private long freeUs;
    private long number;
    private long longestQueueUs;

    /**
     * @param queueUs how long a packet waits before the link at most
     * @param loss    part of the packets that is lost however few they are
     */
    NarrowNetwork(long bitsPerSecond, long queueUs, long delayUs, double loss) {
        this.bitsPerSecond = bitsPerSecond;
        this.queueUs = queueUs;
        this.delayUs = delayUs;
        this.loss = loss;
    }

    void carry(long newBitsPerSecond) {
        bitsPerSecond = newBitsPerSecond;
    }

    /** Forgets what waits. */
    void clear() {
        onTheWay.clear();
        freeUs = 0;
    }

    /** What is sent from now on is sent at {@code nowUs}. */
    void at(long nowUs) {
        this.nowUs = nowUs;
    }

    /** The longest that a packet waited since the last call. */
    long takeLongestQueueUs() {
        long longest = longestQueueUs;
        longestQueueUs = 0;
        return longest;
    }

    long nextUs() {
        return onTheWay.isEmpty() ? Long.MAX_VALUE : onTheWay.peek().arrivalUs();
    }

    FakeNetwork.Packet arrived(long nowUs) {
        return nextUs() <= nowUs ? onTheWay.poll() : null;
    }

    private void send(int length, boolean rtcp) {
        long waitUs = Math.max(freeUs - nowUs, 0);
        longestQueueUs = Math.max(longestQueueUs, Math.min(waitUs, queueUs));
        if (waitUs > queueUs || random.nextDouble() < loss) {
            return;
        }
        freeUs = nowUs + waitUs + (length + OVERHEAD) * 8_000_000L / bitsPerSecond;
        onTheWay.add(new FakeNetwork.Packet(Arrays.copyOf(array(), length), rtcp, nowUs, freeUs + delayUs, number++));
    }

    @Override
    public void commitRtp(int length) {
        send(length, false);
    }

    @Override
    public void commitRtcp(int length) {
        send(length, true);
    }
}
