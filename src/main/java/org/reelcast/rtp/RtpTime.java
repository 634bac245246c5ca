package org.reelcast.rtp;

/** RTP timestamps from microseconds on the loops' clock: random base plus clock ticks, rounded down, modulo 2^32. */
final class RtpTime {
    /** Divides a million and every RTP clock rate in use here, so that products stay small for centuries. */
    private static final int COMMON = 1000;

    private static final int MILLION = 1_000_000 / COMMON;

    private RtpTime() {}

    static int timestamp(RtpTrackConfig track, long timeUs) {
        return track.timestampBase()
                + (int) Math.floorDiv(timeUs * (track.codec().clockRate() / COMMON), MILLION);
    }
}
