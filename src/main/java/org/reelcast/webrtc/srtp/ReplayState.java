package org.reelcast.webrtc.srtp;

import java.util.Arrays;

/**
 * Roll-over and replay state of one direction (RFC 3711 sections 3.2.1 and 3.3.2): for each SSRC the highest packet
 * index so far, and which of the last ones were seen.
 */
final class ReplayState {
    /** One peer sends or receives few streams; more are an attack. */
    static final int MAX = 16;
    /** Packets that may come late and are still told from replays; a multiple of 64 (RFC 3711 section 3.3.2). */
    static final int WINDOW = 1024;

    private int[] ssrcs = new int[3];
    private long[] highest = new long[3];
    private long[][] seen = new long[3][];
    private int count;

    /** @return the source's place, or {@link SrtpStatus#TOO_MANY_SOURCES} when it is new and there is none left */
    int find(int ssrc) {
        for (int i = 0; i < count; i++) {
            if (ssrcs[i] == ssrc) {
                return i;
            }
        }
        return SrtpStatus.TOO_MANY_SOURCES;
    }

    /** Like {@link #find}, and makes room for a new one. */
    int findOrAdd(int ssrc, long firstIndex, boolean window) {
        int at = find(ssrc);
        if (at >= 0 || count == MAX) {
            return at;
        }
        if (count == ssrcs.length) {
            int room = Math.min(MAX, 2 * count);
            ssrcs = Arrays.copyOf(ssrcs, room);
            highest = Arrays.copyOf(highest, room);
            seen = Arrays.copyOf(seen, room);
        }
        ssrcs[count] = ssrc;
        highest[count] = firstIndex;
        seen[count] = window ? new long[WINDOW / 64] : null;
        return count++;
    }

    long highest(int at) {
        return highest[at];
    }

    void raise(int at, long index) {
        if (index > highest[at]) {
            highest[at] = index;
        }
    }

    /**
     * The index that a sequence number most likely means: RFC 3711 section 3.3.1 and appendix A; negative when it is
     * from before the first packet.
     */
    static long estimate(long highest, int seq) {
        long roc = highest >>> 16;
        int last = (int) (highest & 0xFFFF);
        if (last < 0x8000) {
            if (seq - last > 0x8000) {
                roc--;
            }
        } else if (last - 0x8000 > seq) {
            roc++;
        }
        return (roc << 16) + seq;
    }

    /** @return 0 when the index is new, else why it must be refused */
    int check(int at, long index) {
        if (index > highest[at]) {
            return 0;
        }
        if (index < 0 || highest[at] - index >= WINDOW) {
            return SrtpStatus.TOO_OLD;
        }
        return (seen[at][word(index)] & 1L << index) != 0 ? SrtpStatus.REPLAYED : 0;
    }

    /** Notes an authenticated index. */
    void accept(int at, long index) {
        long[] bits = seen[at];
        if (index - highest[at] >= WINDOW) {
            Arrays.fill(bits, 0);
        } else {
            for (long i = highest[at] + 1; i < index; i++) {
                bits[word(i)] &= ~(1L << i);
            }
        }
        bits[word(index)] |= 1L << index;
        raise(at, index);
    }

    private static int word(long index) {
        return (int) (index >>> 6) & WINDOW / 64 - 1;
    }
}
