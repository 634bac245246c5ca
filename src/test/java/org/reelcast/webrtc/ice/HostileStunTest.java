package org.reelcast.webrtc.ice;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.reelcast.bitstream.BigEndian;
import org.reelcast.webrtc.ice.IceLiteAgent.Result;

/** STUN messages of any content, also of peers who know the password: answered with a STUN message, or ignored. */
class HostileStunTest {
    private static final String PASSWORD = "passwordpasswordpassword";
    private static final StunHmac HMAC = new StunHmac(PASSWORD);
    private static final InetSocketAddress FROM = new InetSocketAddress("192.0.2.1", 1000);
    private static final byte[] ID = "transaction!".getBytes(StandardCharsets.US_ASCII);
    private static final int ROUNDS = 40_000;
    private static final int INTEGRITY = 24;
    private static final int FINGERPRINT = 8;
    /** Priority, controlling, use-candidate, software, an XOR-mapped address, an error, something to be understood. */
    private static final byte[] SEED = HexFormat.of()
            .parseHex("002400046e0001ff" + "802a0008932ff9b151263b36" + "00250000" + "8022000b7465737420766563746f7220"
                    + "002000080001a147e112a643" + "0009000400000457");

    /** Takes the bytes as a datagram, and as attributes of a check that is right in all else. */
    static Result exercise(byte[] bytes) {
        receive(bytes);
        return receive(sealed(Arrays.copyOf(bytes, Math.min(bytes.length, 1200) & ~3)));
    }

    private static Result receive(byte[] datagram) {
        IceLiteAgent agent = new IceLiteAgent("local", PASSWORD, new StunMessage(), 1, 1, 0, new Random(1));
        // the array ends with the datagram: reading beyond would throw
        Result result = agent.receive(datagram, 0, datagram.length, FROM, 0);
        if (result != Result.IGNORED) {
            StunMessage answer = new StunMessage();
            if (!answer.parse(agent.response().array(), 0, agent.response().length()) || answer.isBindingRequest()) {
                throw new AssertionError("The answer is none");
            }
        }
        if ((result == Result.VALID) != agent.addresses().contains(FROM) || agent.selected() != null) {
            throw new AssertionError("An address without a good check");
        }
        return result;
    }

    private static byte[] sealed(byte[] attributes) {
        StunWriter head = new StunWriter().bindingRequest(ID).username("local:remote");
        int at = head.length() + attributes.length;
        byte[] b = Arrays.copyOf(Arrays.copyOf(head.array(), head.length()), at + INTEGRITY + FINGERPRINT);
        System.arraycopy(attributes, 0, b, head.length(), attributes.length);
        BigEndian.put16(b, 2, at + INTEGRITY - Stun.HEADER);
        byte[] digest = HMAC.over(b, 0, at);
        BigEndian.put16(b, at, Stun.MESSAGE_INTEGRITY);
        BigEndian.put16(b, at + 2, digest.length);
        System.arraycopy(digest, 0, b, at + 4, digest.length);
        at += INTEGRITY;
        BigEndian.put16(b, 2, at + FINGERPRINT - Stun.HEADER);
        CRC32 crc = new CRC32();
        crc.update(b, 0, at);
        int fingerprint = (int) crc.getValue() ^ Stun.FINGERPRINT_XOR;
        BigEndian.put16(b, at, Stun.FINGERPRINT);
        BigEndian.put16(b, at + 2, 4);
        BigEndian.put16(b, at + 4, fingerprint >>> 16);
        BigEndian.put16(b, at + 6, fingerprint & 0xffff);
        return b;
    }

    @Test
    void changedAttributes_areAnsweredOrIgnored() {
        Random random = new Random(8489);
        int[] seen = new int[Result.values().length];
        for (int round = 0; round < ROUNDS; round++) {
            byte[] b = Arrays.copyOf(SEED, random.nextInt(SEED.length + 1));
            for (int changes = b.length == 0 ? 0 : random.nextInt(4); changes > 0; changes--) {
                b[random.nextInt(b.length)] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(64));
            }
            seen[exercise(b).ordinal()]++;
        }
        assertTrue(Arrays.stream(seen).allMatch(times -> times > 500), Arrays.toString(seen));
    }
}
