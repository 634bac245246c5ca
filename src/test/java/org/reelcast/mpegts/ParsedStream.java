package org.reelcast.mpegts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A transport stream taken apart by the book (ISO/IEC 13818-1 section 2.4.3), which fails where a decoder would have to
 * guess: at bytes out of step, counters that jump, lengths that do not add up.
 */
final class ParsedStream {
    static final int PAT = 0;
    static final int PMT = 0x1000;
    static final int VIDEO = 0x100;
    static final int AUDIO = 0x101;
    private static final int PACKET = 188;

    /**
     * A PES packet.
     *
     * @param packet  the number of the transport packet that it starts in
     * @param clock   of that packet, -1 without
     * @param entry   random_access_indicator
     * @param length  PES_packet_length
     * @param pts     -1 without
     * @param dts     likewise
     * @param first   bytes of the PES packet in its first transport packet
     * @param payload what follows the header
     */
    record Pes(int packet, long clock, boolean entry, int length, long pts, long dts, int first, byte[] payload) {}

    /** A program clock reference in 90 kHz, with the number and the PID of its transport packet. */
    record Clock(int packet, int pid, long value) {}

    final List<Clock> clocks = new ArrayList<>();
    /** Sections of the tables, each whole. */
    final Map<Integer, List<byte[]>> sections = new HashMap<>();
    /** Counters of the packets with payload. */
    final Map<Integer, List<Integer>> counters = new HashMap<>();

    final int packets;

    private final Map<Integer, List<Pes>> pes = new HashMap<>();
    private final Map<Integer, Open> open = new HashMap<>();

    private record Open(int packet, long clock, boolean entry, int first, ByteArrayOutputStream bytes) {}

    ParsedStream(byte[] stream) {
        assertEquals(0, stream.length % PACKET);
        packets = stream.length / PACKET;
        for (int i = 0; i < packets; i++) {
            packet(i, Arrays.copyOfRange(stream, i * PACKET, (i + 1) * PACKET));
        }
        open.forEach(this::close);
    }

    List<Pes> pes(int pid) {
        return pes.getOrDefault(pid, List.of());
    }

    private void packet(int number, byte[] packet) {
        assertEquals(0x47, packet[0]);
        assertEquals(0, packet[1] & 0xa0, "errors, priority");
        boolean start = (packet[1] & 0x40) != 0;
        int pid = (packet[1] & 0x1f) << 8 | packet[2] & 0xff;
        int control = packet[3] >> 4 & 0xf;
        assertTrue(control >= 1 && control <= 3, "not scrambled");
        int at = 4;
        long clock = -1;
        boolean entry = false;
        if (control > 1) {
            int length = packet[4] & 0xff;
            assertTrue(length <= 183 && (control == 3 || length == 183), "length " + length);
            int flags = length > 0 ? packet[5] & 0xff : 0;
            assertEquals(0, flags & ~0x50);
            entry = (flags & 0x40) != 0;
            int stuffing = 6;
            if ((flags & 0x10) != 0) {
                clock = number(packet, 6, 4) << 1 | packet[10] >> 7 & 1;
                assertEquals(0x7e00, number(packet, 10, 2) & 0x7fff);
                clocks.add(new Clock(number, pid, clock));
                stuffing = 12;
            }
            at = 5 + length;
            for (int i = stuffing; i < at; i++) {
                assertEquals(-1, packet[i], "stuffing");
            }
        }
        count(pid, packet[3] & 0xf, control != 2);
        if (control == 2) {
            return;
        }
        assertTrue(at < PACKET, "a payload of at least a byte");
        if (pid == PAT || pid == PMT) {
            section(pid, start, packet, at);
            return;
        }
        if (start) {
            close(pid, open.get(pid));
            open.put(pid, new Open(number, clock, entry, PACKET - at, new ByteArrayOutputStream()));
        }
        open.get(pid).bytes.write(packet, at, PACKET - at);
    }

    private void count(int pid, int counter, boolean payload) {
        List<Integer> known = counters.computeIfAbsent(pid, any -> new ArrayList<>());
        int last = known.isEmpty() ? 15 : known.get(known.size() - 1);
        assertEquals(payload ? last + 1 & 0xf : last, counter, "continuity_counter of PID " + pid);
        if (payload) {
            known.add(counter);
        }
    }

    private void section(int pid, boolean start, byte[] packet, int at) {
        assertTrue(start);
        assertEquals(0, packet[at], "pointer_field");
        int length = 3 + (int) (number(packet, at + 2, 2) & 0xfff);
        byte[] section = Arrays.copyOfRange(packet, at + 1, at + 1 + length);
        assertEquals(0, remainder(section), "CRC");
        for (int i = at + 1 + length; i < PACKET; i++) {
            assertEquals(-1, packet[i]);
        }
        sections.computeIfAbsent(pid, any -> new ArrayList<>()).add(section);
    }

    /** Of the division by the polynomial of annex A, bit by bit; 0 of what has its CRC at the end. */
    private static long remainder(byte[] bytes) {
        long register = 0xffffffffL;
        for (byte b : bytes) {
            for (int bit = 7; bit >= 0; bit--) {
                long out = register >> 31 ^ b >> bit & 1;
                register = register << 1 & 0xffffffffL;
                if (out == 1) {
                    register ^= 0x04c11db7L;
                }
            }
        }
        return register;
    }

    private void close(int pid, Open ended) {
        if (ended == null) {
            return;
        }
        byte[] bytes = ended.bytes.toByteArray();
        assertEquals(1, number(bytes, 0, 3), "packet_start_code_prefix");
        assertEquals(pid == VIDEO ? 0xe0 : 0xc0, bytes[3] & 0xff);
        int length = (int) number(bytes, 4, 2);
        assertEquals(pid == VIDEO && bytes.length - 6 > 0xffff ? 0 : bytes.length - 6, length, "PES_packet_length");
        assertEquals(0x84, bytes[6] & 0xff);
        int times = bytes[7] >> 6 & 3;
        assertEquals(0, bytes[7] & 0x3f);
        assertTrue(times >= 2);
        assertEquals(times == 3 ? 10 : 5, bytes[8]);
        long pts = time(bytes, 9, times);
        long dts = times == 3 ? time(bytes, 14, 1) : -1;
        pes.computeIfAbsent(pid, any -> new ArrayList<>())
                .add(new Pes(
                        ended.packet,
                        ended.clock,
                        ended.entry,
                        length,
                        pts,
                        dts,
                        ended.first,
                        Arrays.copyOfRange(bytes, 9 + bytes[8], bytes.length)));
    }

    private static long time(byte[] bytes, int at, int prefix) {
        assertEquals(prefix, bytes[at] >> 4 & 0xf);
        assertEquals(0b111, bytes[at] & 1 | (bytes[at + 2] & 1) << 1 | (bytes[at + 4] & 1) << 2, "marker bits");
        return (bytes[at] >> 1 & 7L) << 30 | number(bytes, at + 1, 2) >> 1 << 15 | number(bytes, at + 3, 2) >> 1;
    }

    private static long number(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        return value;
    }
}
