package org.reelcast.webrtc.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reelcast.bitstream.BigEndian;

class SrtpTransformTest {
    private static final int SSRC = 0x11223344;

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void packetsOfAllSizes_roundTrip(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(keys(profile));
        SrtpReceiver receiver = new SrtpReceiver(keys(profile));
        for (int payload = 0; payload < 1500; payload += payload < 40 ? 1 : 37) {
            byte[] plain = packet(payload, payload, payload % 3 == 0);
            byte[] b = Arrays.copyOf(plain, plain.length + 20);
            int length = sender.protectRtp(b, 0, plain.length);
            assertEquals(plain.length + profile.rtpOverhead(), length);
            assertEquals(plain.length, receiver.unprotectRtp(b, 0, length));
            assertArrayEquals(plain, Arrays.copyOf(b, plain.length));
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void sequenceNumbersWrap_rollOverIsFollowedThroughReordering(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(keys(profile));
        SrtpReceiver receiver = new SrtpReceiver(keys(profile));
        byte[][] sent = new byte[200_000][];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = protect(sender, packet(30_000 + i & 0xFFFF, 10, false));
        }
        for (int i = 0; i + 7 < sent.length; i += 8) {
            for (int j = 7; j >= 0; j--) {
                byte[] b = sent[i + j];
                assertEquals(22, receiver.unprotectRtp(b, 0, b.length), "packet " + (i + j));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void samePacketAgain_givesTheSameBytes(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(keys(profile));
        byte[] plain = packet(7, 100, false);
        byte[] first = protect(sender, plain);
        assertArrayEquals(first, protect(sender, plain));
        protect(sender, packet(8, 100, false));
        assertArrayEquals(first, protect(sender, plain));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void replays_areRefused(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(keys(profile));
        SrtpReceiver receiver = new SrtpReceiver(keys(profile));
        byte[] first = protect(sender, packet(1, 10, false));
        assertEquals(22, receiver.unprotectRtp(first.clone(), 0, first.length));
        assertEquals(SrtpStatus.REPLAYED, receiver.unprotectRtp(first.clone(), 0, first.length));
        byte[] far = protect(sender, packet(1 + ReplayState.WINDOW, 10, false));
        assertEquals(22, receiver.unprotectRtp(far.clone(), 0, far.length));
        assertEquals(SrtpStatus.TOO_OLD, receiver.unprotectRtp(first.clone(), 0, first.length));
        byte[] late = protect(sender, packet(ReplayState.WINDOW, 10, false));
        assertEquals(22, receiver.unprotectRtp(late.clone(), 0, late.length));
        assertEquals(SrtpStatus.REPLAYED, receiver.unprotectRtp(far.clone(), 0, far.length));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void anyFlippedBit_isRefusedAndForgotten(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(keys(profile));
        SrtpReceiver receiver = new SrtpReceiver(keys(profile));
        byte[] good = protect(sender, packet(1, 30, true));
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            int status = receiver.unprotectRtp(bad, 0, bad.length);
            assertEquals(-1, Integer.signum(status), "bit " + bit);
        }
        assertEquals(good.length - profile.rtpOverhead(), receiver.unprotectRtp(good, 0, good.length));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void compounds_roundTripAndAreNotReplayed(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(keys(profile));
        SrtpReceiver receiver = new SrtpReceiver(keys(profile));
        byte[] kept = null;
        for (int i = 0; i < 3000; i++) {
            byte[] plain = new byte[8 + 4 * (i % 20)];
            new Random(i).nextBytes(plain);
            plain[0] = (byte) 0x80;
            BigEndian.put32(plain, 4, SSRC);
            byte[] b = Arrays.copyOf(plain, plain.length + 20);
            int length = sender.protectRtcp(b, 0, plain.length);
            assertEquals(plain.length + profile.rtcpOverhead(), length);
            kept = kept == null ? Arrays.copyOf(b, length) : kept;
            assertEquals(plain.length, receiver.unprotectRtcp(b, 0, length));
            assertArrayEquals(plain, Arrays.copyOf(b, plain.length));
            assertEquals(
                    i < ReplayState.WINDOW ? SrtpStatus.REPLAYED : SrtpStatus.TOO_OLD,
                    receiver.unprotectRtcp(kept.clone(), 0, kept.length));
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void garbageAndTruncation_areRefused(SrtpProfile profile) {
        SrtpReceiver receiver = new SrtpReceiver(keys(profile));
        Random random = new Random(5);
        for (int i = 0; i < 5000; i++) {
            byte[] b = new byte[random.nextInt(80)];
            random.nextBytes(b);
            if (b.length > 0) {
                b[0] = (byte) (0x80 | b[0] & 0x3F);
            }
            assertNotEquals(1, Integer.signum(receiver.unprotectRtp(b.clone(), 0, b.length)));
            assertNotEquals(1, Integer.signum(receiver.unprotectRtcp(b, 0, b.length)));
        }
        SrtpSender sender = new SrtpSender(keys(profile));
        byte[] good = protect(sender, packet(1, 30, true));
        for (int length = 0; length < good.length; length++) {
            assertEquals(-1, Integer.signum(receiver.unprotectRtp(good.clone(), 0, length)));
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void manySentSources_areLimited(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(keys(profile));
        for (int i = 0; i <= ReplayState.MAX; i++) {
            byte[] b = Arrays.copyOf(packet(1, 10, false), 60);
            BigEndian.put32(b, 8, i);
            assertEquals(i < ReplayState.MAX ? 1 : -1, Integer.signum(sender.protectRtp(b, 0, 22)));
        }
    }

    private static byte[] packetOf(int ssrc, int seq) {
        byte[] b = packet(seq, 10, false);
        BigEndian.put32(b, 8, ssrc);
        return b;
    }

    /** A publisher that begins anew again and again, with another SSRC each time. */
    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void manyReceivedSources_areTakenAndNoneCanBePlayedAgain(SrtpProfile profile) {
        SrtpReceiver receiver = new SrtpReceiver(keys(profile));
        List<byte[]> overheard = new ArrayList<>();
        for (int ssrc = 1; ssrc <= 200; ssrc++) {
            SrtpSender sender = new SrtpSender(keys(profile));
            for (int seq = 1; seq <= 3; seq++) {
                byte[] b = protect(sender, packetOf(ssrc, seq));
                overheard.add(b.clone());
                assertTrue(receiver.unprotectRtp(b, 0, b.length) > 0, "source " + ssrc);
            }
        }
        for (byte[] b : overheard) {
            int status = receiver.unprotectRtp(b.clone(), 0, b.length);
            assertTrue(status == SrtpStatus.TOO_OLD || status == SrtpStatus.REPLAYED, "status " + status);
        }
        // one of the first goes on
        SrtpSender first = new SrtpSender(keys(profile));
        byte[] next = protect(first, packetOf(1, 4));
        assertTrue(receiver.unprotectRtp(next.clone(), 0, next.length) > 0);
        assertEquals(SrtpStatus.REPLAYED, receiver.unprotectRtp(next.clone(), 0, next.length));
        byte[] before = overheard.get(2);
        assertEquals(SrtpStatus.REPLAYED, receiver.unprotectRtp(before.clone(), 0, before.length));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void veryManyReceivedSources_areBoundedAndTheOneInUseIsNeverForgotten(SrtpProfile profile) {
        SrtpReceiver receiver = new SrtpReceiver(keys(profile));
        SrtpSender own = new SrtpSender(keys(profile));
        byte[] start = protect(own, packetOf(0, 1));
        assertTrue(receiver.unprotectRtp(start.clone(), 0, start.length) > 0);
        for (int ssrc = 1; ssrc <= 2_000; ssrc++) {
            byte[] other = protect(new SrtpSender(keys(profile)), packetOf(ssrc, 1));
            assertTrue(receiver.unprotectRtp(other, 0, other.length) > 0, "source " + ssrc);
            byte[] mine = protect(own, packetOf(0, 1 + ssrc));
            assertTrue(receiver.unprotectRtp(mine.clone(), 0, mine.length) > 0);
            assertEquals(SrtpStatus.REPLAYED, receiver.unprotectRtp(mine, 0, mine.length));
        }
    }

    private static SrtpKeys keys(SrtpProfile profile) {
        byte[] material = new byte[profile.materialLength()];
        new Random(3).nextBytes(material);
        return SrtpKeys.fromDtls(profile, material, true);
    }

    private static byte[] protect(SrtpSender sender, byte[] plain) {
        byte[] b = Arrays.copyOf(plain, plain.length + 20);
        return Arrays.copyOf(b, sender.protectRtp(b, 0, plain.length));
    }

    /** An RTP packet, with 8 bytes of header extension if wanted. */
    private static byte[] packet(int sequence, int payload, boolean extension) {
        int header = extension ? 20 : 12;
        byte[] b = new byte[header + payload];
        new Random(sequence).nextBytes(b);
        b[0] = (byte) (extension ? 0x90 : 0x80);
        b[1] = 96;
        b[2] = (byte) (sequence >> 8);
        b[3] = (byte) sequence;
        BigEndian.put32(b, 8, SSRC);
        if (extension) {
            BigEndian.put32(b, 12, 0xBEDE0001);
        }
        return b;
    }
}
