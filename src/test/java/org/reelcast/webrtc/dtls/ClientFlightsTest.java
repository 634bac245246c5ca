package org.reelcast.webrtc.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reelcast.Allocation;
import org.reelcast.webrtc.dtls.ClientFlights.Arrival;

/** What a client may send before it is known who it is. */
class ClientFlightsTest {
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;

    private final ClientFlights flights = new ClientFlights();

    /** Datagrams, each with two bytes of length in front: bounded, whatever they are. */
    static void exercise(byte[] bytes) {
        Allocation.assertLinear(bytes.length, 1 << 20, 64, () -> {
            ClientFlights flights = new ClientFlights();
            ByteBuffer all = ByteBuffer.wrap(bytes);
            while (all.remaining() > 2) {
                int length = Math.min(all.getShort() & 0x7FF, all.remaining());
                flights.add(bytes, all.position(), length);
                all.position(all.position() + length);
            }
            int kept = flights.inTurn().stream()
                    .mapToInt(datagram -> datagram.length)
                    .sum();
            if (kept > 64 << 10 || flights.size() > 64 || flights.inTurn().size() != flights.size()) {
                throw new AssertionError(flights.size() + " datagrams of " + kept + " bytes are kept");
            }
        });
    }

    @Test
    void garbageIsBounded() {
        Random random = new Random(6347);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[random.nextInt(20_000)];
            random.nextBytes(bytes);
            for (int i = 2; i < bytes.length - 30; i += 20 + random.nextInt(200)) {
                // heads that look like records of handshakes
                bytes[i] = (byte) (CHANGE_CIPHER_SPEC + random.nextInt(4));
                bytes[i + 3] = 0;
                bytes[i + 4] = (byte) random.nextInt(2);
                bytes[i + 11] = 0;
                bytes[i + 13] = 1;
            }
            exercise(bytes);
        }
    }

    private static byte[] record(int type, int epoch, byte... content) {
        return ByteBuffer.allocate(13 + content.length)
                .put((byte) type)
                .putShort((short) 0xFEFD)
                .putShort((short) epoch)
                .putShort((short) 0)
                .putInt(0)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    private static byte[] message(int type, int length) {
        return ByteBuffer.allocate(12 + length)
                .putInt(type << 24 | length)
                .putShort((short) 0)
                .put(new byte[3])
                .put((byte) 0)
                .putShort((short) length)
                .array();
    }

    private static byte[] together(byte[]... records) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] each : records) {
            all.writeBytes(each);
        }
        return all.toByteArray();
    }

    private Arrival add(byte[] datagram) {
        return flights.add(datagram, 0, datagram.length);
    }

    @Test
    void secondFlightIsEnoughWithItsEnd_andTheEndComesLast() {
        assertEquals(Arrival.NOTHING, add(record(ALERT, 0, (byte) 1, (byte) 0)), "nobody's handshake");
        byte[] hello = record(HANDSHAKE, 0, message(1, 100));
        assertEquals(Arrival.ENOUGH, add(hello));
        assertEquals(Arrival.HELLO_AGAIN, add(hello));
        byte[] certificate = record(HANDSHAKE, 0, message(11, 200));
        byte[] finished = record(HANDSHAKE, 1, new byte[40]);
        byte[] switches = together(record(HANDSHAKE, 0, message(15, 70)), record(CHANGE_CIPHER_SPEC, 0, (byte) 1));
        assertEquals(Arrival.ENOUGH, add(finished));
        assertEquals(Arrival.ENOUGH, add(switches));
        assertEquals(Arrival.ENOUGH, add(certificate));
        assertEquals(
                List.of(hello.length, certificate.length, switches.length, finished.length),
                flights.inTurn().stream().map(datagram -> datagram.length).toList());
        assertEquals(
                List.of(switches.length, certificate.length),
                flights.from(2).stream().map(datagram -> datagram.length).toList());
    }

    @Test
    void alertEndsAHandshakeThatHasBegun() {
        add(record(HANDSHAKE, 0, message(1, 100)));
        assertEquals(Arrival.NOTHING, add(record(HANDSHAKE, 0, message(11, 200))));
        assertEquals(Arrival.ENOUGH, add(record(ALERT, 0, (byte) 2, (byte) 40)));
    }
}
