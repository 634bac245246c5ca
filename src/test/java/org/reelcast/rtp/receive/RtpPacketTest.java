package org.reelcast.rtp.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RTP headers of all kinds. */
class RtpPacketTest {
    private final RtpPacket packet = new RtpPacket();

    @Test
    void plainHeader_isRead() {
        assertTrue(read("80e01234" + "89abcdef" + "01020304" + "aabbcc"));
        assertTrue(packet.marker());
        assertEquals(96, packet.payloadType());
        assertEquals(0x1234, packet.sequence());
        assertEquals(0x89abcdef, packet.timestamp());
        assertEquals(0x01020304, packet.ssrc());
        assertEquals(3, packet.payloadLength());
        assertEquals((byte) 0xaa, packet.array()[packet.payloadAt()]);
        assertEquals(-1, packet.extension(1));
    }

    @Test
    void contributingSourcesExtensionsAndPadding_areSteppedOver() {
        assertTrue(read("b2600001" + "00000000" + "00000001" + "0000000a0000000b" + "bede0002" + "1041" + "00"
                + "22010203" + "00" + "cc" + "000003"));
        assertEquals(1, packet.payloadLength());
        assertEquals((byte) 0xcc, packet.array()[packet.payloadAt()]);
        assertEquals(0x41, packet.array()[packet.extension(1)]);
        assertEquals(1, packet.extensionLength());
        assertEquals(1, packet.array()[packet.extension(2)]);
        assertEquals(3, packet.extensionLength());
        assertEquals(-1, packet.extension(3));
        assertEquals(-1, packet.extension(0));
    }

    @Test
    void twoByteExtensions_areFound() {
        assertTrue(read("90600001" + "00000000" + "00000001" + "10000002" + "0500" + "00" + "200341" + "4243" + "ff"));
        assertEquals(0, packet.extensionLength(), "nothing looked for yet");
        assertEquals(0x41, packet.array()[packet.extension(0x20)]);
        assertEquals(3, packet.extensionLength());
        assertTrue(packet.extension(5) > 0);
        assertEquals(0, packet.extensionLength());
    }

    @Test
    void anExtensionThatRunsOver_isNotFound() {
        assertTrue(read("90600001" + "00000000" + "00000001" + "bede0001" + "13010203"));
        assertEquals(-1, packet.extension(1));
        assertTrue(read("90600001" + "00000000" + "00000001" + "bede0001" + "f0004100"), "15 ends the list");
        assertEquals(-1, packet.extension(4));
        assertTrue(read("90600001" + "00000000" + "00000001" + "abcd0001" + "10010203"), "a form nobody knows");
        assertEquals(-1, packet.extension(1));
    }

    @Test
    void brokenHeaders_areRefused() {
        assertFalse(read("8060000100000000000000"));
        assertFalse(read("40600001" + "00000000" + "00000001"), "version 1");
        assertFalse(read("81600001" + "00000000" + "00000001"), "a contributing source that is not there");
        assertFalse(read("90600001" + "00000000" + "00000001" + "bede"), "half an extension header");
        assertFalse(read("90600001" + "00000000" + "00000001" + "bede0001"), "extensions that are not there");
        assertFalse(read("a0600001" + "00000000" + "00000001" + "00"), "padding of nothing");
        assertFalse(read("a0600001" + "00000000" + "00000001" + "0003"), "more padding than packet");
        assertTrue(read("a0600001" + "00000000" + "00000001" + "000003"), "padding alone");
        assertEquals(0, packet.payloadLength());
    }

    @Test
    void anyBytes_neverReachOutside() {
        Random random = new Random(8285);
        int good = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] b = new byte[5 + random.nextInt(60)];
            random.nextBytes(b);
            b[4] = (byte) (0x80 | random.nextInt(64) & (i % 2 == 0 ? 0x30 : 0x3f));
            if (b.length > 20) {
                b[16] = (byte) (i % 3 == 0 ? 0xbe : 0x10);
                b[17] = (byte) (i % 3 == 0 ? 0xde : 0);
                b[18] = 0;
                b[19] = (byte) random.nextInt(8);
            }
            if (packet.read(b, 4, b.length - 4)) {
                good++;
                assertTrue(packet.payloadAt() >= 16 && packet.payloadLength() >= 0);
                assertTrue(packet.payloadAt() + packet.payloadLength() <= b.length);
                for (int id = 0; id < 20; id++) {
                    int at = packet.extension(id);
                    assertTrue(at < 0 || at + packet.extensionLength() <= b.length);
                }
            }
        }
        assertTrue(good > 50_000, "packets read: " + good);
    }

    private boolean read(String hex) {
        byte[] b = HexFormat.of().parseHex(hex);
        return packet.read(b, 0, b.length);
    }
}
