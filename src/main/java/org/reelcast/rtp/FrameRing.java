package org.reelcast.rtp;

import java.util.Arrays;

/**
 * The frames of one track for one viewer, oldest first: those sent and kept for retransmission, then the one under way,
 * then those that wait. A frame moves from one state to the next where it lies, and what is kept per packet is nothing.
 *
 * <p>Sequence numbers are counted without wrapping; their low 16 bits go on the wire.
 */
final class FrameRing {
    private static final int INITIAL = 64;

    private RtpFrame[] frames = new RtpFrame[INITIAL];
    private int[] timestamps = new int[INITIAL];
    private long[] firstSequences = new long[INITIAL];
    private long[] timesUs = new long[INITIAL];
    private int tail;
    private int current;
    private int head;
    private int packetsSent;
    private int historyPackets;
    private int waitingBytes;
    private int waitingPackets;

    /** Appends a frame that waits. */
    void add(RtpFrame frame, int timestamp, long nowUs) {
        if (head - tail == frames.length) {
            grow();
        }
        int at = head++ & frames.length - 1;
        frames[at] = frame;
        timestamps[at] = timestamp;
        timesUs[at] = nowUs;
        waitingBytes += frame.bytes();
        waitingPackets += frame.packets();
    }

    boolean hasWaiting() {
        return current != head;
    }

    /** Payload bytes not yet sent. */
    int waitingBytes() {
        return waitingBytes;
    }

    int waitingPackets() {
        return waitingPackets;
    }

    /** When the frame under way, or the next one, was added. */
    long waitingSinceUs() {
        return timesUs[current & frames.length - 1];
    }

    /** The frame under way. */
    RtpFrame frame() {
        return frames[current & frames.length - 1];
    }

    int timestamp() {
        return timestamps[current & frames.length - 1];
    }

    /** The packet of {@link #frame} to send next. */
    int packet() {
        return packetsSent;
    }

    /** Packet {@link #packet} was sent under {@code sequence}. Returns whether that was its frame's last. */
    boolean sent(long sequence, long nowUs) {
        int at = current & frames.length - 1;
        if (packetsSent == 0) {
            firstSequences[at] = sequence;
        }
        waitingBytes -= frames[at].payloadLength(packetsSent);
        waitingPackets--;
        packetsSent++;
        historyPackets++;
        if (packetsSent < frames[at].packets()) {
            return false;
        }
        timesUs[at] = nowUs;
        packetsSent = 0;
        current++;
        return true;
    }

    /** Drops the frames of which nothing was sent yet; returns how many. */
    int dropWaiting() {
        int keep = packetsSent > 0 ? current + 1 : current;
        int dropped = head - keep;
        while (head != keep) {
            int at = --head & frames.length - 1;
            waitingBytes -= frames[at].bytes();
            waitingPackets -= frames[at].packets();
            frames[at] = null;
        }
        return dropped;
    }

    /** Forgets sent frames beyond {@code maxPackets} packets or sent before {@code beforeUs}. */
    void evict(int maxPackets, long beforeUs) {
        while (tail != current) {
            int at = tail & frames.length - 1;
            if (historyPackets <= maxPackets && timesUs[at] >= beforeUs) {
                return;
            }
            historyPackets -= frames[at].packets();
            frames[at] = null;
            tail++;
        }
    }

    /** The place of the frame that {@code sequence} was sent for, for the accessors below; -1 when it is not kept. */
    int find(long sequence) {
        int low = 0;
        int high = (packetsSent > 0 ? current + 1 : current) - tail - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int at = tail + middle & frames.length - 1;
            long packet = sequence - firstSequences[at];
            if (packet < 0) {
                high = middle - 1;
            } else if (packet >= frames[at].packets()) {
                low = middle + 1;
            } else {
                return tail + middle == current && packet >= packetsSent ? -1 : at;
            }
        }
        return -1;
    }

    RtpFrame frameAt(int place) {
        return frames[place];
    }

    int timestampAt(int place) {
        return timestamps[place];
    }

    long firstSequenceAt(int place) {
        return firstSequences[place];
    }

    /** Forgets everything. */
    void clear() {
        Arrays.fill(frames, null);
        tail = head;
        current = head;
        packetsSent = 0;
        historyPackets = 0;
        waitingBytes = 0;
        waitingPackets = 0;
    }

    private void grow() {
        int length = frames.length;
        RtpFrame[] newFrames = new RtpFrame[2 * length];
        int[] newTimestamps = new int[2 * length];
        long[] newFirstSequences = new long[2 * length];
        long[] newTimesUs = new long[2 * length];
        for (int i = tail; i != head; i++) {
            int from = i & length - 1;
            int to = i & 2 * length - 1;
            newFrames[to] = frames[from];
            newTimestamps[to] = timestamps[from];
            newFirstSequences[to] = firstSequences[from];
            newTimesUs[to] = timesUs[from];
        }
        frames = newFrames;
        timestamps = newTimestamps;
        firstSequences = newFirstSequences;
        timesUs = newTimesUs;
    }
}
