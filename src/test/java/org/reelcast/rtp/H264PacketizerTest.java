package org.reelcast.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reelcast.bitstream.BigEndian;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/** Payloads after RFC 6184. */
class H264PacketizerTest {
    private final H264Packetizer packetizer = new H264Packetizer(100);

    @Test
    void aNalUnitThatFitsGoesAsItIs() {
        byte[] nal = TestFrames.nal(0x41, 100, 1);
        RtpFrame cut = cut(nal);
        assertEquals(1, cut.packets());
        assertArrayEquals(nal, payload(cut, 0));
        assertTrue(cut.marker(0));
    }

    @Test
    void parameterSetsAndASmallSlice_shareAStapA() {
        byte[] sps = {0x67, 0x42, 0x00};
        byte[] pps = {0x28, (byte) 0xce};
        byte[] idr = {0x65, 1, 2, 3, 4};
        RtpFrame cut = cut(sps, pps, idr);
        assertEquals(1, cut.packets());
        assertArrayEquals(
                new byte[] {0x78, 0, 3, 0x67, 0x42, 0, 0, 2, 0x28, (byte) 0xce, 0, 5, 0x65, 1, 2, 3, 4},
                payload(cut, 0));
    }

    /** RFC 6184 section 6.2. */
    @Test
    void inTheSingleNalUnitMode_eachUnitGoesAlone_andLongerOnesAreLeftOut() {
        byte[] sps = {0x67, 0x42, 0x00};
        byte[] pps = {0x28, (byte) 0xce};
        byte[] slice = TestFrames.nal(0x65, 100, 1);
        RtpFrame cut = new H264Packetizer(100, true)
                .packetize(TestFrames.video(
                        TestFrames.VIDEO, true, 0, sps, pps, slice, TestFrames.nal(0x65, 101, 2), slice));
        assertEquals(4, cut.packets());
        assertArrayEquals(sps, payload(cut, 0));
        assertArrayEquals(pps, payload(cut, 1));
        assertArrayEquals(slice, payload(cut, 3));
        assertFalse(cut.marker(2));
        assertTrue(cut.marker(3));
    }

    @Test
    void aStapAWithTheForbiddenBitInside_carriesIt() {
        RtpFrame cut = cut(new byte[] {(byte) 0x81, 1}, new byte[] {0x21, 2});
        assertEquals((byte) 0xb8, payload(cut, 0)[0]);
    }

    @Test
    void aNalUnitOneByteTooLong_isCutInTwoHalves() {
        byte[] nal = TestFrames.nal(0x65, 101, 2);
        RtpFrame cut = cut(nal);
        assertEquals(2, cut.packets());
        assertEquals(52, cut.payloadLength(0));
        assertEquals(52, cut.payloadLength(1));
        assertEquals(0x7c, payload(cut, 0)[0]);
        assertEquals((byte) 0x85, payload(cut, 0)[1]);
        assertEquals(0x7c, payload(cut, 1)[0]);
        assertEquals(0x45, payload(cut, 1)[1]);
        assertFalse(cut.marker(0));
        assertTrue(cut.marker(1));
    }

    @Test
    void parameterSetsBeforeALargePicture_shareAStapAAndThePictureIsCut() {
        RtpFrame cut = cut(TestFrames.nal(0x67, 20, 3), TestFrames.nal(0x68, 5, 4), TestFrames.nal(0x65, 300, 5));
        assertEquals(1 + 4, cut.packets());
        assertEquals(1 + 2 + 20 + 2 + 5, cut.payloadLength(0));
        assertEquals(2 + 75, cut.payloadLength(1));
        assertEquals(2 + 74, cut.payloadLength(4));
        assertEquals(1, cut.padding(4), "as long as the others on the way");
    }

    @Test
    void delimitersFillerEmptyOnesAndForeignTypes_areLeftOut() {
        byte[] idr = {0x65, 1, 2};
        RtpFrame cut = cut(
                new byte[] {9, 0x10},
                new byte[0],
                idr,
                new byte[] {12, -1, -1},
                new byte[] {0x7c, 1},
                new byte[] {0, 1},
                new byte[] {0x18, 1});
        assertEquals(1, cut.packets());
        assertArrayEquals(idr, payload(cut, 0));
        assertEquals(0, cut(new byte[] {9, 0x10}).packets());
        assertEquals(0, cut().packets());
    }

    @Test
    void nalUnitsThatDoNotFitTogether_startAnotherPacket() {
        byte[] a = TestFrames.nal(0x41, 47, 6);
        byte[] b = TestFrames.nal(0x41, 48, 7);
        byte[] c = TestFrames.nal(0x41, 98, 8);
        RtpFrame cut = cut(a, b, c);
        assertEquals(2, cut.packets());
        assertEquals(100, cut.payloadLength(0));
        assertArrayEquals(c, payload(cut, 1));
    }

    @Test
    void sliceInTheMiddleOfAnArray_isReadFromItsPlace() {
        byte[] array = TestFrames.nal(0, 400, 9);
        array[50] = 0x41;
        Frame frame = new Frame(TestFrames.VIDEO, 0, 0, false, new Slice(array, 50, 301));
        assertArrayEquals(
                java.util.Arrays.copyOfRange(array, 50, 351),
                together(packetizer.packetize(frame)).get(0));
    }

    @Test
    void anyAccessUnit_comesTogetherAgainAndFragmentsAreEqual() {
        Random random = new Random(6184);
        for (int round = 0; round < 2000; round++) {
            byte[][] nals = new byte[1 + random.nextInt(6)][];
            for (int i = 0; i < nals.length; i++) {
                int length = random.nextBoolean() ? 1 + random.nextInt(60) : 1 + random.nextInt(2000);
                nals[i] = TestFrames.nal(random.nextInt(4) << 5 | 1 + random.nextInt(8), length, random.nextLong());
            }
            int max = 64 + random.nextInt(200);
            RtpFrame cut = new H264Packetizer(max).packetize(TestFrames.video(TestFrames.VIDEO, true, 0, nals));
            int bytes = 0;
            for (int i = 0; i < cut.packets(); i++) {
                bytes += cut.payloadLength(i);
                assertTrue(cut.payloadLength(i) <= max);
                assertEquals(i == cut.packets() - 1, cut.marker(i));
                checkRun(cut, i);
            }
            assertEquals(bytes, cut.bytes());
            List<byte[]> together = together(cut);
            assertEquals(nals.length, together.size());
            for (int i = 0; i < nals.length; i++) {
                assertArrayEquals(nals[i], together.get(i));
            }
        }
    }

    @Test
    void accessUnitThatNothingRefersTo_isDisposable() {
        assertTrue(disposable(false, TestFrames.nal(0x01, 500, 1), TestFrames.nal(0x06, 20, 1)));
        assertTrue(disposable(
                false, TestFrames.nal(0x09, 2, 1), TestFrames.nal(0x01, 5_000, 1), TestFrames.nal(0x01, 5_000, 1)));
        assertFalse(disposable(false, TestFrames.nal(0x41, 500, 1)));
        assertFalse(
                disposable(false, TestFrames.nal(0x01, 500, 1), TestFrames.nal(0x21, 500, 1)),
                "one slice of it is referred to");
        assertFalse(
                disposable(false, TestFrames.nal(0x68, 5, 1), TestFrames.nal(0x01, 500, 1)),
                "later pictures need parameter sets");
        assertFalse(disposable(true, TestFrames.nal(0x65, 500, 1)));
        assertFalse(TestFrames.cutAudio(0, 100).isDisposable());
    }

    private boolean disposable(boolean key, byte[]... nals) {
        return packetizer
                .packetize(TestFrames.video(TestFrames.VIDEO, key, 0, nals))
                .isDisposable();
    }

    @Test
    void tooSmallAPacket_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new H264Packetizer(63));
    }

    /** Inside one NAL unit: equal, the last one by padding. */
    private static void checkRun(RtpFrame cut, int i) {
        byte[] payload = payload(cut, i);
        if ((payload[0] & 0x1f) == 28 && (payload[1] & 0x80) == 0) {
            boolean end = (payload[1] & 0x40) != 0;
            assertEquals(cut.payloadLength(i - 1), payload.length + cut.padding(i));
            assertTrue(end || cut.padding(i) == 0);
        }
    }

    private RtpFrame cut(byte[]... nals) {
        return packetizer.packetize(TestFrames.video(TestFrames.VIDEO, true, 0, nals));
    }

    static byte[] payload(RtpFrame cut, int packet) {
        byte[] payload = new byte[cut.payloadLength(packet)];
        cut.copyPayload(packet, payload, 0);
        return payload;
    }

    /** A depacketiser of the plainest kind, by the letter of RFC 6184 section 5. */
    private static List<byte[]> together(RtpFrame cut) {
        List<byte[]> nals = new ArrayList<>();
        ByteArrayOutputStream open = new ByteArrayOutputStream();
        for (int i = 0; i < cut.packets(); i++) {
            byte[] payload = payload(cut, i);
            int type = payload[0] & 0x1f;
            if (type == 24) {
                for (int at = 1; at < payload.length; ) {
                    int length = BigEndian.u16(payload, at);
                    nals.add(java.util.Arrays.copyOfRange(payload, at + 2, at + 2 + length));
                    at += 2 + length;
                }
            } else if (type == 28) {
                if ((payload[1] & 0x80) != 0) {
                    open.write(payload[0] & 0xe0 | payload[1] & 0x1f);
                }
                open.write(payload, 2, payload.length - 2);
                if ((payload[1] & 0x40) != 0) {
                    nals.add(open.toByteArray());
                    open.reset();
                }
            } else {
                nals.add(payload);
            }
        }
        return nals;
    }
}
