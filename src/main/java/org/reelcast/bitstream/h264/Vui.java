package org.reelcast.bitstream.h264;

import org.reelcast.bitstream.BitReader;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Colour;

/**
 * Video usability information of a sequence parameter set (ITU-T H.264, E.1.1), as much as matters here.
 *
 * @param pixelAspect     sample_aspect_ratio; square when it does not say
 * @param colour          video_signal_type with its colour_description
 * @param framesPerSecond from the timing; 0 when it does not say
 * @param reorderFrames   max_num_reorder_frames; -1 when it does not say
 */
record Vui(AspectRatio pixelAspect, Colour colour, double framesPerSecond, int reorderFrames) {
    static final Vui NONE = new Vui(AspectRatio.SQUARE, Colour.UNSPECIFIED, 0, -1);

    private static final int EXTENDED_SAR = 255;
    private static final int MOST_REORDERED = 16;
    /** By aspect_ratio_idc, width before height (table E-1). */
    private static final int[] ASPECTS = {
        0, 0, 1, 1, 12, 11, 10, 11, 16, 11, 40, 33, 24, 11, 20, 11, 32, 11, 80, 33, 18, 11, 15, 11, 64, 33, 160, 99, 4,
        3, 3, 2, 2, 1
    };

    /** @return {@link #NONE} when it is cut short or says what cannot be */
    static Vui parse(BitReader bits) {
        AspectRatio aspect = bits.flag() ? aspect(bits) : AspectRatio.SQUARE;
        if (bits.flag()) {
            bits.bit();
        }
        Colour colour = bits.flag() ? colour(bits) : Colour.UNSPECIFIED;
        if (bits.flag()) {
            bits.ue();
            bits.ue();
        }
        double rate = 0;
        if (bits.flag()) {
            long tick = bits.bits(32) & 0xffffffffL;
            long scale = bits.bits(32) & 0xffffffffL;
            bits.bit();
            rate = tick == 0 ? 0 : scale / (2.0 * tick);
        }
        boolean nal = bits.flag();
        if (nal) {
            skipHrd(bits);
        }
        boolean vcl = bits.flag();
        if (vcl) {
            skipHrd(bits);
        }
        if (nal || vcl) {
            bits.bit();
        }
        bits.bit();
        int reorder = -1;
        if (bits.flag()) {
            bits.bit();
            bits.ue();
            bits.ue();
            bits.ue();
            bits.ue();
            reorder = bits.ue();
        }
        return bits.overrun() || reorder > MOST_REORDERED ? NONE : new Vui(aspect, colour, rate, reorder);
    }

    private static AspectRatio aspect(BitReader bits) {
        int id = bits.bits(8);
        if (id == EXTENDED_SAR) {
            int width = bits.bits(16);
            return AspectRatio.of(width, bits.bits(16));
        }
        return 2 * id < ASPECTS.length ? AspectRatio.of(ASPECTS[2 * id], ASPECTS[2 * id + 1]) : AspectRatio.SQUARE;
    }

    private static Colour colour(BitReader bits) {
        bits.bits(3);
        boolean fullRange = bits.flag();
        if (!bits.flag()) {
            return fullRange ? Colour.UNSPECIFIED.withFullRange() : Colour.UNSPECIFIED;
        }
        int primaries = bits.bits(8);
        int transfer = bits.bits(8);
        return new Colour(primaries, transfer, bits.bits(8), fullRange);
    }

    private static void skipHrd(BitReader bits) {
        int count = 1 + bits.ue();
        bits.bits(8);
        for (int i = 0; i < count && i < 32; i++) {
            bits.ue();
            bits.ue();
            bits.bit();
        }
        bits.bits(20);
    }
}
