package org.reelcast.rtp.receive;

import org.reelcast.bitstream.BigEndian;
import org.reelcast.rtp.RtcpWriter;

/**
 * The packets of one source that have not come though later ones have, and when to ask for them (RFC 4585 section
 * 6.2.1): after a moment in which they may still come by themselves, then once a round trip, ten times in all.
 */
public final class MissingPackets {
    static final int MAX_TRIES = 10;
    private static final int CAPACITY = 1000;
    private static final int MAX_ENTRIES = 100;
    private static final long REORDERING_US = 5_000;
    private static final long MIN_ROUND_TRIP_US = 10_000;
    private static final long MAX_ROUND_TRIP_US = 500_000;

    /** Ascending; as are the arrays beside it, by place. */
    private final long[] sequences = new long[CAPACITY];

    private final long[] askUs = new long[CAPACITY];
    private final long[] askedUs = new long[CAPACITY];
    private final byte[] tries = new byte[CAPACITY];
    private int count;
    private long roundTripUs = 100_000;
    private long asked;

    /**
     * Packets from {@code from} up to and without {@code to} are missing.
     *
     * @return false when there are too many to ask for; none of these is noted
     */
    public boolean add(long from, long to, long nowUs) {
        if (to - from > CAPACITY - count) {
            return false;
        }
        for (long sequence = from; sequence < to; sequence++) {
            sequences[count] = sequence;
            askUs[count] = nowUs + REORDERING_US;
            tries[count] = 0;
            count++;
        }
        return true;
    }

    /**
     * A packet came.
     *
     * @param resent whether surely because it was asked for: then it tells the round trip
     */
    public void came(long sequence, boolean resent, long nowUs) {
        int place = java.util.Arrays.binarySearch(sequences, 0, count, sequence);
        if (place < 0) {
            return;
        }
        if (resent && tries[place] == 1) {
            long sample = Math.max(MIN_ROUND_TRIP_US, Math.min(MAX_ROUND_TRIP_US, nowUs - askedUs[place]));
            roundTripUs = (3 * roundTripUs + sample) / 4;
        }
        cut(place, 1);
    }

    /** Packets before {@code sequence} are no longer wanted. */
    public void forgetBefore(long sequence) {
        int place = java.util.Arrays.binarySearch(sequences, 0, count, sequence);
        cut(0, place < 0 ? -place - 1 : place);
    }

    /** Whether this one was asked for as often as it may be, and the last asking had its time. */
    public boolean isHopeless(long sequence, long nowUs) {
        int place = java.util.Arrays.binarySearch(sequences, 0, count, sequence);
        return place < 0 || tries[place] >= MAX_TRIES && nowUs >= askUs[place];
    }

    /** When the next is to be asked for, or {@link Long#MAX_VALUE}. */
    public long dueUs() {
        long due = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            if (tries[i] < MAX_TRIES) {
                due = Math.min(due, askUs[i]);
            }
        }
        return due;
    }

    /** Bytes that {@link #writeNack} may take. */
    public static int maxNackLength() {
        return 12 + 4 * MAX_ENTRIES;
    }

    /** Writes a NACK for those that are due; returns the offset behind it, {@code at} when there are none. */
    public int writeNack(byte[] b, int at, int ssrc, int mediaSsrc, long nowUs) {
        int entries = 0;
        int entryAt = at + 12 - 4;
        long base = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            if (tries[i] >= MAX_TRIES || askUs[i] > nowUs) {
                continue;
            }
            long behind = sequences[i] - base;
            if (base != Long.MIN_VALUE && behind <= 16) {
                BigEndian.put16(b, entryAt + 2, BigEndian.u16(b, entryAt + 2) | 1 << (int) behind - 1);
            } else if (entries == MAX_ENTRIES) {
                break;
            } else {
                entries++;
                entryAt += 4;
                base = sequences[i];
                BigEndian.put32(b, entryAt, (int) base << 16);
            }
            tries[i]++;
            asked++;
            askedUs[i] = nowUs;
            askUs[i] = nowUs + roundTripUs + roundTripUs / 8;
        }
        if (entries == 0) {
            return at;
        }
        RtcpWriter.nack(b, at, ssrc, mediaSsrc, entries);
        return entryAt + 4;
    }

    public int count() {
        return count;
    }

    /** Requests so far, repetitions counted. */
    public long asked() {
        return asked;
    }

    /** How long a packet asked for takes to come, smoothed; 100 ms before there was one. */
    public long roundTripUs() {
        return roundTripUs;
    }

    /** Nothing is missing any more; the round trip and the counters stay. */
    public void clear() {
        count = 0;
    }

    private void cut(int from, int length) {
        int rest = count - from - length;
        System.arraycopy(sequences, from + length, sequences, from, rest);
        System.arraycopy(askUs, from + length, askUs, from, rest);
        System.arraycopy(askedUs, from + length, askedUs, from, rest);
        System.arraycopy(tries, from + length, tries, from, rest);
        count -= length;
    }
}
