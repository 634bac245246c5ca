package org.reelcast.mpegts;

import java.util.Arrays;
import org.reelcast.bitstream.BigEndian;

/**
 * Writes transport packets (ISO/IEC 13818-1 section 2.4.3.2) into an array that has room for all of them. A PES packet
 * is begun with how long it is and how many packets it takes; its bytes follow in pieces of any length.
 */
final class PacketWriter {
    static final int SIZE = 188;
    static final int SYNC = 0x47;
    static final long NO_CLOCK = -1;
    private static final int HEADER = 4;
    private static final int ROOM = SIZE - HEADER;
    /** Length, flags, program_clock_reference (section 2.4.3.4). */
    private static final int CLOCK_FIELD = 8;

    private static final int RANDOM_ACCESS = 0x40;
    private static final int HAS_CLOCK = 0x10;
    private static final int PAYLOAD = 1;
    private static final int ADAPTATION_FIELD = 2;

    private final byte[] out;
    private final int[] counters = new int[Pid.values().length];
    private int at;
    private Pid pid;
    /** Bytes of the PES packet for which no packet is begun yet, and how many packets are to take them. */
    private int bytesLeft;

    private int packetsLeft;
    /** In the packet that was begun last. */
    private int room;

    PacketWriter(byte[] out) {
        this.out = out;
    }

    /** The fewest packets that hold a PES packet of so many bytes, the first of them with the clock or without. */
    static int packets(int bytes, boolean withClock) {
        int first = withClock ? ROOM - CLOCK_FIELD : ROOM;
        return bytes <= first ? 1 : 1 + (bytes - first + ROOM - 1) / ROOM;
    }

    /** A packet that is whole but for its counter. */
    void packet(Pid of, byte[] packet) {
        System.arraycopy(packet, 0, out, at, SIZE);
        out[at + HEADER - 1] |= (byte) counter(of);
        at += SIZE;
    }

    /** A packet with the program's clock alone, in 33 bits; it does not count. */
    void clock(Pid of, long clock) {
        header(of, false, ADAPTATION_FIELD, counters[of.ordinal()] - 1 & 0xf);
        adaptationField(ROOM, clock, false);
    }

    /**
     * Begins a PES packet.
     *
     * @param bytes   that will be put
     * @param packets that they are spread over, each has at least one of them
     * @param clock   the program's clock in 33 bits; {@link #NO_CLOCK} for none
     * @param entry   whether decoding can start here; told only beside the clock
     */
    void pes(Pid of, int bytes, int packets, long clock, boolean entry) {
        pid = of;
        bytesLeft = bytes;
        packetsLeft = packets;
        begin(true, clock, entry);
    }

    void put(byte[] array, int offset, int length) {
        for (int from = offset, left = length; left > 0; ) {
            if (room == 0) {
                begin(false, NO_CLOCK, false);
            }
            int part = Math.min(left, room);
            System.arraycopy(array, from, out, at, part);
            at += part;
            room -= part;
            from += part;
            left -= part;
        }
    }

    private void begin(boolean start, long clock, boolean entry) {
        packetsLeft--;
        room = Math.min(clock == NO_CLOCK ? ROOM : ROOM - CLOCK_FIELD, bytesLeft - packetsLeft);
        bytesLeft -= room;
        header(pid, start, room == ROOM ? PAYLOAD : PAYLOAD | ADAPTATION_FIELD, counter(pid));
        adaptationField(ROOM - room, clock, entry);
    }

    /** continuity_counter of the next packet with payload (section 2.4.3.3). */
    private int counter(Pid of) {
        return counters[of.ordinal()]++ & 0xf;
    }

    private void header(Pid of, boolean start, int control, int counter) {
        BigEndian.put32(out, at, SYNC << 24 | (start ? 1 : 0) << 22 | of.value() << 8 | control << 4 | counter);
        at += HEADER;
    }

    /** @param length all of it, with what says the length */
    private void adaptationField(int length, long clock, boolean entry) {
        int end = at + length;
        if (length > 0) {
            out[at++] = (byte) (length - 1);
        }
        if (length > 1) {
            out[at++] = (byte) ((entry ? RANDOM_ACCESS : 0) | (clock == NO_CLOCK ? 0 : HAS_CLOCK));
            if (clock != NO_CLOCK) {
                // 33 bits of 90 kHz, 6 reserved, 9 of 27 MHz
                long field = clock << 15 | 0x7e00;
                BigEndian.put32(out, at, (int) (field >> 16));
                BigEndian.put16(out, at + 4, (int) field);
                at += CLOCK_FIELD - 2;
            }
            Arrays.fill(out, at, end, (byte) 0xff);
            at = end;
        }
    }
}
