package org.reelcast.mpegts;

import org.reelcast.bitstream.BigEndian;

/** The header of a PES packet (ISO/IEC 13818-1 section 2.4.3.6). */
final class PesHeader {
    /** With both times. */
    static final int MAX_LENGTH = 19;

    private static final int FIXED = 9;
    private static final int TIME = 5;
    private static final int VIDEO_STREAM = 0xe0;
    private static final int AUDIO_STREAM = 0xc0;
    /** PES_packet_length counts what comes after it. */
    private static final int LENGTH_END = 6;

    private static final int MAX_PES_LENGTH = 0xffff;
    /** Behind the marker: what follows starts with an access unit (data_alignment_indicator). */
    private static final int FLAGS = 0x84;

    private PesHeader() {}

    static int length(long presentation, long decoding) {
        return FIXED + (presentation == decoding ? TIME : 2 * TIME);
    }

    /**
     * Writes the header.
     *
     * @param bytes of the PES packet in all; one of video that is longer than can be said does without its length
     */
    static void put(byte[] to, Pid pid, int bytes, long presentation, long decoding) {
        boolean both = presentation != decoding;
        int length = bytes - LENGTH_END;
        BigEndian.put32(to, 0, 1 << 8 | (pid == Pid.VIDEO ? VIDEO_STREAM : AUDIO_STREAM));
        BigEndian.put16(to, 4, length > MAX_PES_LENGTH ? 0 : length);
        to[6] = (byte) FLAGS;
        to[7] = (byte) (both ? 0xc0 : 0x80);
        to[8] = (byte) (both ? 2 * TIME : TIME);
        putTime(to, FIXED, both ? 0b0011 : 0b0010, presentation);
        if (both) {
            putTime(to, FIXED + TIME, 0b0001, decoding);
        }
    }

    /** Four bits before it, and a marker bit behind its upper 3, middle 15 and lower 15 bits. */
    private static void putTime(byte[] to, int at, int prefix, long ticks) {
        long time = Ticks.wrapped(ticks);
        to[at] = (byte) (prefix << 4 | time >> 30 << 1 | 1);
        BigEndian.put16(to, at + 1, (int) (time >> 15) << 1 | 1);
        BigEndian.put16(to, at + 3, (int) time << 1 | 1);
    }
}
