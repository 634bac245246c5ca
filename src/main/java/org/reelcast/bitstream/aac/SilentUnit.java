package org.reelcast.bitstream.aac;

import org.reelcast.bitstream.BitWriter;

/**
 * An access unit of AAC-LC that is silent at any sample rate: no scale factor band of it is coded (ISO/IEC 14496-3
 * section 4.4.2).
 */
public final class SilentUnit {
    private static final int SINGLE_CHANNEL = 0;
    private static final int CHANNEL_PAIR = 1;
    private static final int END = 7;

    private SilentUnit() {}

    /** @param channels 1 or 2 */
    public static byte[] of(int channels) {
        BitWriter bits = new BitWriter();
        if (channels == 1) {
            bits.bits(SINGLE_CHANNEL, 3).bits(0, 4);
            channel(bits, true);
        } else {
            bits.bits(CHANNEL_PAIR, 3).bits(0, 4).flag(true);
            info(bits);
            // no ms_used
            bits.bits(0, 2);
            channel(bits, false);
            channel(bits, false);
        }
        return bits.bits(END, 3).toBytes();
    }

    /** individual_channel_stream: global gain, then pulses, noise shaping and gain control, none of which is there. */
    private static void channel(BitWriter bits, boolean withInfo) {
        bits.bits(0, 8);
        if (withInfo) {
            info(bits);
        }
        bits.bits(0, 3);
    }

    /** ics_info of a long window without bands. */
    private static void info(BitWriter bits) {
        bits.bits(0, 1).bits(0, 2).bits(0, 1).bits(0, 6).bits(0, 1);
    }
}
