package org.reelcast.rtp.receive;

import java.util.Arrays;

/**
 * Brings the packets of one source in order: the one that is next goes through at once, those ahead of it wait, up to
 * {@link #CAPACITY} of them. Whoever owns it says when to wait no longer.
 */
public final class ReorderBuffer {
    static final int CAPACITY = 2048;
    private static final int MASK = CAPACITY - 1;

    private final Target target;
    private final byte[][] payloads = new byte[CAPACITY][];
    private final int[] lengths = new int[CAPACITY];
    private final long[] timestamps = new long[CAPACITY];
    /** The marker bit and above it what else the packet says about its frame; -1 in a free place. */
    private final int[] notes = new int[CAPACITY];

    private long next = -1;
    private int waiting;

    /** Takes payloads in order. */
    public interface Target {
        /**
         * @param notes what {@link ReorderBuffer#add} was given
         */
        void packet(byte[] array, int offset, int length, long timestamp, boolean marker, int notes);

        /** Packets are missing between the one before and the one after. */
        void gap();
    }

    /** @param target is called within {@link #add}, on its thread */
    public ReorderBuffer(Target target) {
        this.target = target;
        Arrays.fill(notes, -1);
    }

    /**
     * Takes a packet.
     *
     * @param note not negative, below 2^30
     * @return false when it came before, or too late
     */
    public boolean add(long sequence, byte[] array, int offset, int length, long timestamp, boolean marker, int note) {
        if (next < 0) {
            next = sequence;
        }
        if (sequence < next) {
            return false;
        }
        if (sequence == next) {
            target.packet(array, offset, length, timestamp, marker, note);
            next++;
            drain();
            return true;
        }
        while (sequence - next >= CAPACITY) {
            if (waiting == 0) {
                target.gap();
                next = sequence;
                target.packet(array, offset, length, timestamp, marker, note);
                next++;
                return true;
            }
            skip();
        }
        int at = (int) sequence & MASK;
        if (notes[at] >= 0) {
            return false;
        }
        if (payloads[at] == null || payloads[at].length < length) {
            payloads[at] = new byte[Math.max(length, 1280)];
        }
        System.arraycopy(array, offset, payloads[at], 0, length);
        lengths[at] = length;
        timestamps[at] = timestamp;
        notes[at] = note << 1 | (marker ? 1 : 0);
        waiting++;
        // a skip may have come to just this place
        drain();
        return true;
    }

    /** The packet that the others wait for. */
    public long next() {
        return next;
    }

    /** Packets that wait for an earlier one. */
    public int waiting() {
        return waiting;
    }

    /** Waits no longer for what is missing up to the first packet that has come, if any has. */
    public void skip() {
        if (waiting == 0) {
            return;
        }
        while (notes[(int) next & MASK] < 0) {
            next++;
        }
        target.gap();
        drain();
    }

    /** The source starts anew. */
    public void reset() {
        Arrays.fill(notes, -1);
        waiting = 0;
        next = -1;
    }

    private void drain() {
        for (int at = (int) next & MASK; waiting > 0 && notes[at] >= 0; at = (int) next & MASK) {
            int note = notes[at];
            notes[at] = -1;
            waiting--;
            next++;
            target.packet(payloads[at], 0, lengths[at], timestamps[at], (note & 1) != 0, note >> 1);
        }
    }
}
