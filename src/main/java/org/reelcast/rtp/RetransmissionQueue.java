package org.reelcast.rtp;

/**
 * The queue of one track's packets that a receiver asked for again (RFC 4585 section 6.2.1), each at most once a round
 * trip and all within a share of the media's rate.
 */
final class RetransmissionQueue {
    private static final int MAX_WAITING = 512;
    private static final long UNKNOWN_ROUND_TRIP_US = 40_000;
    private static final long MIN_INTERVAL_US = 5_000;
    private static final long SECOND_US = 1_000_000;

    private final RtpLimits limits;
    /** Made at the first request: most viewers lose nothing. */
    private long[] waiting;

    private int first;
    private int last;
    /** By the low bits of the sequence number: its low half above, the millisecond of its last resending below. */
    private long[] recent;

    private long bucket;
    private long filledUs;
    private boolean started;
    private long ceiling;

    RetransmissionQueue(RtpLimits limits) {
        this.limits = limits;
    }

    /**
     * Takes up a packet of {@code bytes} unless it was sent again within the last round trip, or too much was.
     *
     * @param roundTripUs 0 while unknown
     * @param mediaRate   bytes a second
     */
    boolean request(long sequence, int bytes, long roundTripUs, long mediaRate, long nowUs) {
        if (waiting == null) {
            waiting = new long[MAX_WAITING];
            recent = new long[Integer.highestOneBit(Math.min(Math.max(limits.historyPackets(), 2), 32768) * 2 - 1)];
        }
        int at = (int) sequence & recent.length - 1;
        int nowMs = (int) (nowUs / 1000);
        long before = recent[at];
        if (before != 0 && (int) (before >> 32) == (int) sequence && nowMs - (int) before < intervalMs(roundTripUs)) {
            return false;
        }
        fill(mediaRate, nowUs);
        if (last - first == MAX_WAITING || bucket < bytes * SECOND_US) {
            return false;
        }
        bucket -= bytes * SECOND_US;
        recent[at] = sequence << 32 | nowMs & 0xffffffffL;
        waiting[last++ & MAX_WAITING - 1] = sequence;
        return true;
    }

    /** Never more than so many bytes a second, whatever the media's rate; 0 for no such limit. */
    void limit(long bytesPerSecond) {
        ceiling = bytesPerSecond;
    }

    boolean hasWaiting() {
        return first != last;
    }

    long next() {
        return waiting[first++ & MAX_WAITING - 1];
    }

    void clear() {
        first = last;
    }

    /** A little less than the round trip: a receiver that asks again after just that time is to be heard. */
    private static long intervalMs(long roundTripUs) {
        long intervalUs = roundTripUs == 0 ? UNKNOWN_ROUND_TRIP_US : roundTripUs - roundTripUs / 8;
        return Math.max(intervalUs, MIN_INTERVAL_US) / 1000;
    }

    private void fill(long mediaRate, long nowUs) {
        long rate = Math.max(limits.resendFloorBps() / 8, mediaRate * limits.resendPercent() / 100);
        rate = ceiling == 0 ? rate : Math.min(rate, ceiling);
        long depth = rate * limits.resendBurstUs();
        if (!started) {
            started = true;
            bucket = depth;
        } else {
            long elapsedUs = Math.min(Math.max(nowUs - filledUs, 0), limits.resendBurstUs());
            bucket = Math.min(bucket + elapsedUs * rate, depth);
        }
        filledUs = nowUs;
    }
}
