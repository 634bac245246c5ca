package org.reelcast.rtp;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * One direction of a path that loses, delays, reorders and doubles packets, by a seed and without a clock of its own.
 * As a sink it takes the packets of a session, unencrypted.
 */
public final class FakeNetwork extends FlatSink {
    private static final double REORDERED = 0.1;

    private final Random random;
    private final double loss;
    private final double doubled;
    private final long delayUs;
    private final long reorderUs;
    private final PriorityQueue<Packet> onTheWay =
            new PriorityQueue<>(Comparator.comparingLong(Packet::arrivalUs).thenComparingLong(Packet::number));
    private long nowUs;
    private long number;
    private long lost;

    /** A packet and the moment of its arrival. */
    public record Packet(byte[] bytes, boolean rtcp, long sentUs, long arrivalUs, long number) {}

    /**
     * @param loss      part of the packets that never arrive
     * @param doubled   part of the packets that arrive twice
     * @param delayUs   that each packet takes
     * @param reorderUs that one of ten takes longer, at most
     */
    public FakeNetwork(long seed, double loss, double doubled, long delayUs, long reorderUs) {
        this.random = new Random(seed);
        this.loss = loss;
        this.doubled = doubled;
        this.delayUs = delayUs;
        this.reorderUs = reorderUs;
    }

    /** What is sent from now on is sent at {@code nowUs}. */
    public void at(long nowUs) {
        this.nowUs = nowUs;
    }

    public void send(byte[] packet, boolean rtcp) {
        if (random.nextDouble() < loss) {
            lost++;
            return;
        }
        int copies = random.nextDouble() < doubled ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long extraUs = random.nextDouble() < REORDERED ? (long) (random.nextDouble() * reorderUs) : 0;
            onTheWay.add(new Packet(packet, rtcp, nowUs, nowUs + delayUs + extraUs, number++));
        }
    }

    /** Moment of the next arrival, {@link Long#MAX_VALUE} when nothing is on its way. */
    public long nextUs() {
        return onTheWay.isEmpty() ? Long.MAX_VALUE : onTheWay.peek().arrivalUs();
    }

    /** The next packet that has arrived by {@code nowUs}, else null. */
    public Packet arrived(long nowUs) {
        return nextUs() <= nowUs ? onTheWay.poll() : null;
    }

    public long lost() {
        return lost;
    }

    @Override
    public void commitRtp(int length) {
        send(Arrays.copyOf(array(), length), false);
    }

    @Override
    public void commitRtcp(int length) {
        send(Arrays.copyOf(array(), length), true);
    }
}
