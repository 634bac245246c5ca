package org.reelcast.webrtc.ice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** RFC 5769. */
class StunVectorsTest {
    private static final StunHmac HMAC = new StunHmac("VOkJxbRl1RmTxUk/WvJxBt");
    private static final byte[] REQUEST = hex(
            "000100582112a442b7e7a701bc34d686fa87dfae",
            "802200105354554e207465737420636c69656e74",
            "002400046e0001ff",
            "80290008932ff9b151263b36",
            "000600096576746a3a68367659202020",
            "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2",
            "80280004e57a3bcf");
    private static final byte[] RESPONSE_V4 = hex(
            "0101003c2112a442b7e7a701bc34d686fa87dfae",
            "8022000b7465737420766563746f7220",
            "002000080001a147e112a643",
            "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7",
            "80280004c07d4c96");
    private static final byte[] RESPONSE_V6 = hex(
            "010100482112a442b7e7a701bc34d686fa87dfae",
            "8022000b7465737420766563746f7220",
            "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9",
            "00080014a382954e4be67bf11784c97c8292c275bfe3ed41",
            "80280004c8fb0b4c");

    private final StunMessage message = new StunMessage();

    /** Section 2.1. */
    @Test
    void request() {
        assertTrue(message.parse(REQUEST, 0, REQUEST.length));
        assertTrue(message.isBindingRequest());
        assertEquals("evtj", message.receiverUfrag());
        assertTrue(message.isControlled());
        assertTrue(message.isAuthentic(HMAC));
        assertFalse(message.isAuthentic(new StunHmac("another")));
        assertEquals(0, message.unknownAttribute());
    }

    /** Section 2.2. */
    @Test
    void responseOverIpv4() throws Exception {
        assertTrue(message.parse(RESPONSE_V4, 0, RESPONSE_V4.length));
        assertTrue(message.isBindingSuccess() && message.isAuthentic(HMAC));
        assertArrayEquals(InetAddress.getByName("192.0.2.1").getAddress(), message.mappedAddress());
        assertEquals(32853, message.mappedPort());
    }

    /** Section 2.3. */
    @Test
    void responseOverIpv6() throws Exception {
        assertTrue(message.parse(RESPONSE_V6, 0, RESPONSE_V6.length));
        assertTrue(message.isBindingSuccess() && message.isAuthentic(HMAC));
        assertArrayEquals(
                InetAddress.getByName("2001:db8:1234:5678:11:2233:4455:6677").getAddress(), message.mappedAddress());
        assertEquals(32853, message.mappedPort());
    }

    @Test
    void anyFlippedBitBeforeTheFingerprint_isNoticed() {
        for (int bit = 0; bit < (REQUEST.length - 8) * 8; bit++) {
            byte[] b = REQUEST.clone();
            b[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(message.parse(b, 0, b.length) && message.isAuthentic(HMAC), "bit " + bit);
        }
    }

    @Test
    void truncationAndExtraBytes_areRefused() {
        for (int length = 0; length < REQUEST.length; length++) {
            assertFalse(message.parse(REQUEST, 0, length), "length " + length);
        }
        assertFalse(message.parse(Arrays.copyOf(REQUEST, REQUEST.length + 4), 0, REQUEST.length + 4));
    }

    private static byte[] hex(String... parts) {
        return HexFormat.of().parseHex(String.join("", parts));
    }
}
