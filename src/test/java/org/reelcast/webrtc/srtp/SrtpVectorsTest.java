package org.reelcast.webrtc.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import org.junit.jupiter.api.Test;

/** The test vectors of the standards. */
class SrtpVectorsTest {

    /** RFC 3711 appendix B.3. */
    @Test
    void keyDerivation() {
        SrtpKeys keys = new SrtpKeys(
                SrtpProfile.AES128_CM_HMAC_SHA1_80,
                Hex.bytes("E1F97A0D3E018BE0D64FA32C06DE4139"),
                Hex.bytes("0EC675AD498AFEEBB6960B3AABE6"));
        KeyDerivation derivation = new KeyDerivation(keys);
        assertArrayEquals(
                Hex.bytes("C61E7A93744F39EE10734AFE3FF7A087"), derivation.derive(KeyDerivation.RTP_CIPHER, 16));
        assertArrayEquals(Hex.bytes("30CBBC08863D8C85D49DB34A9AE1"), derivation.derive(KeyDerivation.RTP_SALT, 14));
        assertArrayEquals(
                Hex.bytes("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"), derivation.derive(KeyDerivation.RTP_AUTH, 20));
    }

    /**
     * The packet of libsrtp's own test, AES_CM_128_HMAC_SHA1_80: twelve bytes of header, sixteen of payload.
     * Master key and salt are those of RFC 3711 appendix B.3.
     */
    @Test
    void counterModePacket() {
        SrtpKeys keys = new SrtpKeys(
                SrtpProfile.AES128_CM_HMAC_SHA1_80,
                Hex.bytes("e1f97a0d3e018be0d64fa32c06de4139"),
                Hex.bytes("0ec675ad498afeebb6960b3aabe6"));
        byte[] b = Arrays.copyOf(Hex.bytes("800f1234decafbadcafebabe", "ab".repeat(16)), 60);
        int length = new SrtpSender(keys).protectRtp(b, 0, 28);
        assertEquals(
                "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb", Hex.text(b, length));
        assertEquals(28, new SrtpReceiver(keys).unprotectRtp(b, 0, length));
        assertEquals("800f1234decafbadcafebabe" + "ab".repeat(16), Hex.text(b, 28));
    }

    /** RFC 3711 appendix B.2. */
    @Test
    void counterModeKeyStream() throws ShortBufferException {
        byte[] stream = new byte[16];
        Cipher aes = Ciphers.aesEcb(Hex.bytes("2B7E151628AED2A6ABF7158809CF4F3C"));
        aes.update(Hex.bytes("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"), 0, 16, stream, 0);
        assertArrayEquals(Hex.bytes("E03EAD0935C95E80E166B16DD92B4EB4"), stream);
    }

    /**
     * RFC 7714 section 16.1.1 with its session key and salt; a master key and salt that derive to these do not exist in
     * the RFC, so the cipher is given them directly.
     */
    @Test
    void gcmPacket() {
        GcmCipher cipher =
                new GcmCipher(Hex.bytes("000102030405060708090a0b0c0d0e0f"), Hex.bytes("517569642070726f2071756f"));
        byte[] b = Arrays.copyOf(
                Hex.bytes(
                        "8040f17b8041f8d35501a0b2",
                        "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573"),
                66);
        int length = cipher.protectRtp(b, 0, 12, 50, 0x5501a0b2, 0, 0xf17b);
        assertEquals(
                "8040f17b8041f8d35501a0b2"
                        + "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                        + "899d7f27beb16a9152cf765ee4390cce",
                Hex.text(b, length));
        assertEquals(50, cipher.unprotectRtp(b, 0, 12, length, 0x5501a0b2, 0, 0xf17b));
    }

    /** RFC 7714 section 17.1: SRTCP, index 0x5d4. */
    @Test
    void gcmCompound() {
        GcmCipher cipher =
                new GcmCipher(Hex.bytes("000102030405060708090a0b0c0d0e0f"), Hex.bytes("517569642070726f2071756f"));
        byte[] b = Arrays.copyOf(
                Hex.bytes(
                        "81c8000d4d6172734e5450314e545032525450200000042a0000e930",
                        "4c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef"),
                80);
        int length = cipher.protectRtcp(b, 0, 52, 0x4d617273, 0x5d4);
        assertEquals(
                "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda"
                        + "4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4",
                Hex.text(b, length));
        assertEquals(52, cipher.unprotectRtcp(b, 0, length, 0x4d617273, 0x5d4));
    }
}
