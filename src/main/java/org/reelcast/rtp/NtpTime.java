package org.reelcast.rtp;

/** The 64-bit timestamps of NTP: seconds since 1900 and their fractions (RFC 3550 section 4). */
public final class NtpTime {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long SECOND_US = 1_000_000;

    private NtpTime() {}

    /** @param unixUs microseconds since 1970 */
    public static long fromUnixUs(long unixUs) {
        long seconds = Math.floorDiv(unixUs, SECOND_US) + SECONDS_1900_TO_1970;
        long fraction = (Math.floorMod(unixUs, SECOND_US) << 32) / SECOND_US;
        return seconds << 32 | fraction;
    }

    /** Microseconds since 1970, rounded to the nearest. Holds until the year 2036, when NTP's era ends. */
    public static long toUnixUs(long ntp) {
        long seconds = (ntp >>> 32) - SECONDS_1900_TO_1970;
        return seconds * SECOND_US + ((ntp & 0xffffffffL) * SECOND_US + (1L << 31) >>> 32);
    }

    /** The middle 32 bits, as in LSR and in DLSR: units of 1/65536 s. */
    public static int middle(long ntp) {
        return (int) (ntp >>> 16);
    }

    /** Units of 1/65536 s to microseconds. */
    public static long middleToUs(long units) {
        return units * SECOND_US >> 16;
    }
}
