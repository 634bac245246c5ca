package org.reelcast.webrtc.srtp;

import java.util.Arrays;

/**
 * Roll-over and replay state of one direction (RFC 3711 sections 3.2.1 and 3.3.2): for each SSRC the highest packet
 * index so far, and which of the last ones were seen. Of received ones the sixteen last used are known packet by
 * packet; of older ones, as a browser leaves them that begins anew again and again, the highest index alone: they may go
 * on, and nothing of theirs can be played again. Those unused for longest of very many are forgotten.
 */
final class ReplayState {
    /** One peer uses few streams at a time. */
    static final int MAX = 16;
    /** As many have been used one after the other until the oldest is forgotten. */
    static final int MAX_REMEMBERED = 256;
    /** Packets that may come late and are still told from replays; a multiple of 64 (RFC 3711 section 3.3.2). */
    static final int WINDOW = 1024;

    private int[] ssrcs = new int[3];
    private long[] highest = new long[3];
    private long[][] seen = new long[3][];
    private long[] usedAt = new long[3];
    private long uses;
    private int count;
    private int windows;

    /** @return the source's place, or {@link SrtpStatus#TOO_MANY_SOURCES} when it is new */
    int find(int ssrc) {
        for (int i = 0; i < count; i++) {
            if (ssrcs[i] == ssrc) {
                return i;
            }
        }
        return SrtpStatus.TOO_MANY_SOURCES;
    }

    /** For what is sent: the place, made when it is new; none is ever forgotten, since an index must not come twice. */
    int findOrAddSent(int ssrc, long firstIndex) {
        int at = find(ssrc);
        return at >= 0 || count == MAX ? at : add(count++, ssrc, firstIndex);
    }

    /** For what was received and is authentic: the place of a new source. */
    int addReceived(int ssrc, long firstIndex) {
        int at = add(count < MAX_REMEMBERED ? count++ : longestUnused(false), ssrc, firstIndex);
        giveWindow(at, 0);
        return at;
    }

    private int add(int at, int ssrc, long firstIndex) {
        if (at == ssrcs.length) {
            int room = 2 * at;
            ssrcs = Arrays.copyOf(ssrcs, room);
            highest = Arrays.copyOf(highest, room);
            seen = Arrays.copyOf(seen, room);
            usedAt = Arrays.copyOf(usedAt, room);
        }
        ssrcs[at] = ssrc;
        highest[at] = firstIndex;
        return at;
    }

    private void giveWindow(int at, long bits) {
        long[] window = seen[at];
        if (window == null) {
            if (windows < MAX) {
                windows++;
                window = new long[WINDOW / 64];
            } else {
                int oldest = longestUnused(true);
                window = seen[oldest];
                seen[oldest] = null;
            }
        }
        Arrays.fill(window, bits);
        seen[at] = window;
        usedAt[at] = ++uses;
    }

    private int longestUnused(boolean withWindow) {
        int oldest = -1;
        for (int i = 0; i < count; i++) {
            if ((!withWindow || seen[i] != null) && (oldest < 0 || usedAt[i] < usedAt[oldest])) {
                oldest = i;
            }
        }
        return oldest;
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
        if (index < 0 || seen[at] == null || highest[at] - index >= WINDOW) {
            return SrtpStatus.TOO_OLD;
        }
        return (seen[at][word(index)] & 1L << index) != 0 ? SrtpStatus.REPLAYED : 0;
    }

    /** Notes an authenticated index. */
    void accept(int at, long index) {
        if (seen[at] == null) {
            // what came before it was known of it counts as seen
            giveWindow(at, -1);
        }
        usedAt[at] = ++uses;
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
