package org.reelcast.mpegts;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The program association table and the program map table of a stream with one program (ISO/IEC 13818-1 sections
 * 2.4.4.3 and 2.4.4.8), each a whole packet.
 */
final class Tables {
    private static final int STREAM_ID = 1;
    private static final int PROGRAM = 1;
    private static final int PAT_ID = 0;
    private static final int PMT_ID = 2;
    /** stream_type (table 2-34). */
    private static final int H264 = 0x1b;

    private static final int AAC_IN_ADTS = 0x0f;
    private static final int CRC_POLYNOMIAL = 0x04c11db7;
    /** Bytes up to and with section_length, which it does not count. */
    private static final int LENGTH_END = 3;
    /** version_number 0, current_next_indicator 1; section 0 of 0. */
    private static final byte[] VERSION = {(byte) 0xc1, 0, 0};

    private final byte[] association;
    private final byte[] map;

    /** @param clock whose packets carry the program's clock: one of {@code streams} */
    Tables(Pid clock, List<Pid> streams) {
        association = packet(
                Pid.PAT,
                section(PAT_ID, STREAM_ID).putShort((short) PROGRAM).putShort((short) (0xe000 | Pid.PMT.value())));
        ByteBuffer section = section(PMT_ID, PROGRAM)
                .putShort((short) (0xe000 | clock.value()))
                .putShort((short) 0xf000);
        for (Pid pid : streams) {
            section.put((byte) (pid == Pid.VIDEO ? H264 : AAC_IN_ADTS))
                    .putShort((short) (0xe000 | pid.value()))
                    .putShort((short) 0xf000);
        }
        map = packet(Pid.PMT, section);
    }

    private static ByteBuffer section(int tableId, int extension) {
        return ByteBuffer.allocate(PacketWriter.SIZE)
                .put((byte) tableId)
                .putShort((short) 0)
                .putShort((short) extension)
                .put(VERSION);
    }

    private static byte[] packet(Pid pid, ByteBuffer section) {
        int length = section.position();
        section.putShort(1, (short) (0xb000 | length + Integer.BYTES - LENGTH_END));
        section.putInt(crc(section.array(), length));
        byte[] packet = new byte[PacketWriter.SIZE];
        Arrays.fill(packet, (byte) 0xff);
        // payload_unit_start_indicator, payload only, pointer_field 0
        ByteBuffer.wrap(packet)
                .put((byte) PacketWriter.SYNC)
                .putShort((short) (0x4000 | pid.value()))
                .put((byte) 0x10)
                .put((byte) 0)
                .put(section.flip());
        return packet;
    }

    /** CRC_32 (annex A). */
    private static int crc(byte[] bytes, int length) {
        int crc = -1;
        for (int i = 0; i < length; i++) {
            crc ^= bytes[i] << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc << 1 ^ (crc < 0 ? CRC_POLYNOMIAL : 0);
            }
        }
        return crc;
    }

    /** Writes both. */
    void write(PacketWriter out) {
        out.packet(Pid.PAT, association);
        out.packet(Pid.PMT, map);
    }
}
