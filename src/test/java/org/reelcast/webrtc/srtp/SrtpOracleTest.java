package org.reelcast.webrtc.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.logging.Level;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reelcast.bitstream.BigEndian;

/** What we encrypt is to the byte what Jitsi's SRTP makes of it, and each takes what the other has encrypted. */
class SrtpOracleTest {
    private static final int SSRC = 0xCAFE_BABE;
    private static final int ROOM = 40;

    private final Random random = new Random(11);

    /** Else it measures for some seconds which is the fastest. */
    @BeforeAll
    static void chooseItsCiphers() {
        Aes.setFactoryClassName("org.jitsi.srtp.crypto.Aes$SunJCECipherFactory");
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void packetsOverTheWrapOfSequenceNumbers(SrtpProfile profile) throws Exception {
        SrtpKeys keys = keys(profile);
        SrtpSender ours = new SrtpSender(keys);
        SrtpReceiver receiver = new SrtpReceiver(keys);
        SrtpCryptoContext theirs = factory(keys, true).deriveContext(SSRC, 0);
        SrtpCryptoContext theirReceiver = factory(keys, false).deriveContext(SSRC, 0);
        for (int i = 0; i < 2000; i++) {
            byte[] plain = packet(0x10000 - 700 + i & 0xFFFF, i % 5 == 0);
            byte[] b = Arrays.copyOf(plain, plain.length + ROOM);
            int length = ours.protectRtp(b, 0, plain.length);
            Buffer buffer = new Buffer(plain);
            assertEquals(SrtpErrorStatus.OK, theirs.transformPacket(buffer));
            assertArrayEquals(buffer.content(), Arrays.copyOf(b, length), "packet " + i);
            assertEquals(SrtpErrorStatus.OK, theirReceiver.reverseTransformPacket(buffer, false));
            assertArrayEquals(plain, buffer.content());
            assertEquals(plain.length, receiver.unprotectRtp(b, 0, length));
            assertArrayEquals(plain, Arrays.copyOf(b, plain.length));
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void compoundsOfRtcp(SrtpProfile profile) throws Exception {
        SrtpKeys keys = keys(profile);
        SrtpSender ours = new SrtpSender(keys);
        SrtpReceiver receiver = new SrtpReceiver(keys);
        SrtcpCryptoContext theirs = factory(keys, true).deriveControlContext(SSRC);
        SrtcpCryptoContext theirReceiver = factory(keys, false).deriveControlContext(SSRC);
        for (int i = 0; i < 300; i++) {
            byte[] plain = compound(8 + 4 * random.nextInt(60));
            byte[] b = Arrays.copyOf(plain, plain.length + ROOM);
            int length = ours.protectRtcp(b, 0, plain.length);
            Buffer buffer = new Buffer(plain);
            assertEquals(SrtpErrorStatus.OK, theirs.transformPacket(buffer));
            assertArrayEquals(buffer.content(), Arrays.copyOf(b, length), "compound " + i);
            assertEquals(SrtpErrorStatus.OK, theirReceiver.reverseTransformPacket(buffer));
            assertArrayEquals(plain, buffer.content());
            assertEquals(plain.length, receiver.unprotectRtcp(b, 0, length));
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void whatWasChangedOnItsWay_neitherTakes(SrtpProfile profile) throws Exception {
        SrtpKeys keys = keys(profile);
        byte[] plain = packet(77, true);
        byte[] sealed = Arrays.copyOf(plain, plain.length + ROOM);
        int length = new SrtpSender(keys).protectRtp(sealed, 0, plain.length);
        for (int at = 12; at < length; at += 7) {
            byte[] changed = Arrays.copyOf(sealed, length);
            changed[at] ^= 1;
            SrtpCryptoContext theirs = factory(keys, false).deriveContext(SSRC, 0);
            assertEquals(SrtpErrorStatus.AUTH_FAIL, theirs.reverseTransformPacket(new Buffer(changed), false));
            assertEquals(SrtpStatus.AUTH_FAILED, new SrtpReceiver(keys).unprotectRtp(changed, 0, length));
        }
    }

    private byte[] packet(int sequence, boolean extension) {
        byte[] packet = new byte[28 + random.nextInt(1200)];
        random.nextBytes(packet);
        packet[0] = (byte) (extension ? 0x90 : 0x80);
        BigEndian.put16(packet, 2, sequence);
        BigEndian.put32(packet, 8, SSRC);
        if (extension) {
            BigEndian.put32(packet, 12, 0xBEDE_0001);
        }
        return packet;
    }

    private byte[] compound(int length) {
        byte[] compound = new byte[length];
        random.nextBytes(compound);
        BigEndian.put32(compound, 0, 0x81C8_0000 | length / 4 - 1);
        BigEndian.put32(compound, 4, SSRC);
        return compound;
    }

    private SrtpKeys keys(SrtpProfile profile) {
        byte[] material = new byte[profile.materialLength()];
        random.nextBytes(material);
        return SrtpKeys.fromDtls(profile, material, false);
    }

    private static SrtpContextFactory factory(SrtpKeys keys, boolean sends) {
        LoggerImpl log = new LoggerImpl("jitsi-srtp", Level.WARNING);
        return new SrtpContextFactory(sends, keys.key(), keys.salt(), policy(keys), policy(keys), log);
    }

    /** Its lengths are in bytes: of cipher key, authentication key, tag and salt. */
    private static SrtpPolicy policy(SrtpKeys keys) {
        return switch (keys.profile()) {
            case AES128_CM_HMAC_SHA1_80 ->
                new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
            case AEAD_AES_128_GCM ->
                new SrtpPolicy(SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12);
        };
    }

    /** A packet in Jitsi's terms, with room behind it. */
    private static final class Buffer implements ByteArrayBuffer {
        private final byte[] bytes;
        private int offset;
        private int length;

        Buffer(byte[] content) {
            bytes = Arrays.copyOf(content, content.length + ROOM);
            length = content.length;
        }

        byte[] content() {
            return Arrays.copyOfRange(bytes, offset, offset + length);
        }

        @Override
        public byte[] getBuffer() {
            return bytes;
        }

        @Override
        public int getOffset() {
            return offset;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int length) {
            this.length = length;
        }

        @Override
        public void setOffset(int offset) {
            this.offset = offset;
        }

        @Override
        public boolean isInvalid() {
            return false;
        }

        @Override
        public void readRegionToBuff(int from, int count, byte[] to) {
            System.arraycopy(bytes, offset + from, to, 0, count);
        }

        @Override
        public void grow(int by) {
            if (offset + length + by > bytes.length) {
                throw new IllegalStateException("It wants more room: " + by);
            }
        }

        @Override
        public void append(byte[] more, int count) {
            System.arraycopy(more, 0, bytes, offset + length, count);
            length += count;
        }

        @Override
        public void shrink(int by) {
            length -= by;
        }
    }
}
