package org.reelcast.rtp;

import java.util.Arrays;

/** What a film takes on the wire, all of it and level by level, whatever of it is sent; bits a second. */
final class FilmRate {
    private static final int LEVELS = SendLevel.values().length;
    /** RTP header and extensions, authentication tag, UDP and IP. */
    static final int OVERHEAD = 60;

    private final long[] bytes = new long[LEVELS];
    private final long[] rates = new long[LEVELS];
    private long sinceUs = Long.MIN_VALUE;

    /** Counts a frame; sound belongs to all levels. */
    void add(RtpFrame frame) {
        long size = frame.bytes() + (long) frame.packets() * OVERHEAD;
        bytes[0] += size;
        if (!frame.isDisposable()) {
            bytes[1] += size;
        }
        if (frame.isKey()) {
            bytes[2] += size;
        }
    }

    /** Forgets what was counted since the last rate was taken: it was out of the ordinary. */
    void restart(long nowUs) {
        Arrays.fill(bytes, 0);
        sinceUs = nowUs;
    }

    /** Takes rates of what was counted, smoothed over several calls: key frames do not come once a call. */
    void take(long nowUs) {
        long spanUs = sinceUs == Long.MIN_VALUE ? 0 : nowUs - sinceUs;
        for (int i = 0; i < LEVELS && spanUs > 0; i++) {
            long rate = bytes[i] * 8_000_000 / spanUs;
            rates[i] = rates[i] == 0 ? rate : (3 * rates[i] + rate) / 4;
        }
        restart(nowUs);
    }

    /** 0 while unknown. */
    long of(SendLevel level) {
        return rates[level.ordinal()];
    }
}
