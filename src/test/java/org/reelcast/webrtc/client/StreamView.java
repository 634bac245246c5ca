package org.reelcast.webrtc.client;

import java.util.BitSet;

/** What one client saw of one SSRC. One thread writes; read it when that thread is done or from it. */
public final class StreamView {
    private final BitSet seen = new BitSet();
    private int first = -1;
    private long highest;
    private long packets;
    private long frames;
    private long firstUs;
    private long keyUs;

    /** @return the packet's extended sequence number counted from the first packet; negative before it */
    long packet(int sequence, boolean marker, boolean key, long nowUs) {
        if (first < 0) {
            first = sequence;
            highest = 0;
            firstUs = nowUs;
        }
        short step = (short) (sequence - first - (int) highest);
        long extended = highest + step;
        highest = Math.max(highest, extended);
        if (extended >= 0 && seen.get((int) extended)) {
            return extended;
        }
        if (extended >= 0) {
            seen.set((int) extended);
        }
        packets++;
        frames += marker ? 1 : 0;
        keyUs = key && keyUs == 0 ? nowUs : keyUs;
        return extended;
    }

    /** A retransmission by RTX filled this gap. */
    void repaired(int sequence) {
        long extended = highest + (short) (sequence - first - (int) highest);
        if (first >= 0 && extended >= 0 && !seen.get((int) extended)) {
            seen.set((int) extended);
            packets++;
        }
    }

    /** The lowest gap at or above {@code from}, -1 when there is none. */
    long gap(long from) {
        int gap = seen.nextClearBit((int) from);
        return gap <= highest ? gap : -1;
    }

    int sequence(long extended) {
        return (int) (first + extended) & 0xFFFF;
    }

    /** Different packets received. */
    public long packets() {
        return packets;
    }

    /** Packets that never came, up to the highest that did. */
    public long missing() {
        return first < 0 ? 0 : highest + 1 - seen.cardinality();
    }

    /** Packets with the marker bit: frames, for video. */
    public long frames() {
        return frames;
    }

    /** When the first packet came, 0 = not yet. */
    public long firstUs() {
        return firstUs;
    }

    /** When the first packet of a key frame came, 0 = not yet. */
    public long keyUs() {
        return keyUs;
    }

    long highestSequence() {
        return first + highest;
    }
}
