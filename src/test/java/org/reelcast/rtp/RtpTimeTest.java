package org.reelcast.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reelcast.media.Codec;

/** Clocks: RTP's and NTP's. */
class RtpTimeTest {

    @Test
    void timestamp_isBasePlusTicksRoundedDown_alsoAfterYears() {
        Random random = new Random(3550);
        for (int i = 0; i < 10_000; i++) {
            int base = random.nextInt();
            long timeUs = random.nextLong() >>> 10 + random.nextInt(40);
            for (Codec codec : new Codec[] {Codec.H264, Codec.OPUS}) {
                RtpTrackConfig track = RtpTrackConfig.of(codec, 96, 1, 0, base);
                BigInteger ticks = BigInteger.valueOf(timeUs)
                        .multiply(BigInteger.valueOf(codec.clockRate()))
                        .divide(BigInteger.valueOf(1_000_000));
                assertEquals(base + ticks.intValue(), RtpTime.timestamp(track, timeUs));
            }
        }
    }

    @Test
    void codecWithoutRtpClock_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> RtpTrackConfig.of(Codec.AAC, 96, 1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Packetizers.of(Codec.AAC));
    }

    @Test
    void timestamp_wraps() {
        RtpTrackConfig track = RtpTrackConfig.of(Codec.H264, 96, 1, 0, 0xffffffff);
        assertEquals(0xffffffff, RtpTime.timestamp(track, 11));
        assertEquals(0, RtpTime.timestamp(track, 12));
        assertEquals(0xfffffffe, RtpTime.timestamp(track, -1));
    }

    @Test
    void ntp_isSecondsSince1900AndFractions() {
        assertEquals(2_208_988_800L << 32, NtpTime.fromUnixUs(0));
        assertEquals(0xe93c7f00_40000000L, NtpTime.fromUnixUs(1_704_067_200_250_000L));
        assertEquals(0x7f004000, NtpTime.middle(NtpTime.fromUnixUs(1_704_067_200_250_000L)));
        Random random = new Random(1900);
        for (int i = 0; i < 10_000; i++) {
            long us = random.nextInt(2_000_000_000) * 1_000_000L + random.nextInt(1_000_000);
            assertEquals(us, NtpTime.toUnixUs(NtpTime.fromUnixUs(us)));
        }
    }
}
