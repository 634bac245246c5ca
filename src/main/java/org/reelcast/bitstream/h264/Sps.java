package org.reelcast.bitstream.h264;

import org.reelcast.bitstream.BitReader;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Colour;

/**
 * What a sequence parameter set says (ITU-T H.264, 7.3.2.1.1 and annex E).
 *
 * @param constraints    constraint_set0_flag is bit 7
 * @param colourPlanes   whether the colours are coded like three pictures, so that slice headers name one
 * @param bitDepth       of the luma samples
 * @param chromaBitDepth of the chroma samples
 * @param orderCountBits of pic_order_cnt_lsb in slice headers; 0 when they have none
 * @param macroblocks    of a picture, before it is cropped
 * @param width          in pixels, cropping applied
 * @param height         in pixels, cropping applied
 * @param reorderFrames  VUI num_reorder_frames; -1 when it does not say
 * @param framesPerSecond from the VUI's timing; 0 when it does not say
 * @param colour         what the samples' values mean, by the VUI
 * @param pixelAspect    width of a pixel to its height, by the VUI
 */
public record Sps(
        int id,
        int profile,
        int constraints,
        int level,
        int chromaFormat,
        int bitDepth,
        int chromaBitDepth,
        int frameNumBits,
        boolean colourPlanes,
        int pictureOrderCountType,
        int orderCountBits,
        int referenceFrames,
        boolean interlaced,
        int macroblocks,
        int width,
        int height,
        int reorderFrames,
        double framesPerSecond,
        Colour colour,
        AspectRatio pixelAspect) {
    private static final int BASELINE = 66;
    /** Largest picture that level 6.2 allows on one side, with room: 16384 pixels. */
    private static final int MAX_MACROBLOCKS = 1024;

    /** @return null when the unit is no sequence parameter set, is cut short or has values that cannot be */
    public static Sps parse(byte[] array, int offset, int length) {
        if (length < 4 || NalType.of(array[offset]) != NalType.SPS) {
            return null;
        }
        return parse(BitReader.ofNal(array, offset + 1, length - 1));
    }

    /** profile_idc, constraint flags and level_idc, a byte each, as SDP names a profile (RFC 6184 section 8.1). */
    public int profileLevelId() {
        return profile << 16 | constraints << 8 | level;
    }

    private static Sps parse(BitReader bits) {
        int profile = bits.bits(8);
        int constraints = bits.bits(8);
        int level = bits.bits(8);
        int id = bits.ue();
        int chroma = 1;
        int depth = 8;
        int chromaDepth = 8;
        boolean colourPlanes = false;
        if (hasChromaFormat(profile)) {
            chroma = bits.ue();
            colourPlanes = chroma == 3 && bits.flag();
            depth = 8 + bits.ue();
            chromaDepth = 8 + bits.ue();
            bits.bit();
            if (bits.flag()) {
                skipScalingMatrix(bits, chroma == 3 ? 12 : 8);
            }
        }
        int frameNumBits = 4 + bits.ue();
        int orderType = bits.ue();
        int orderBits = 0;
        if (orderType == 0) {
            orderBits = 4 + bits.ue();
        } else if (orderType == 1) {
            skipOrderCycle(bits);
        }
        int references = bits.ue();
        bits.bit();
        int across = 1 + bits.ue();
        int down = 1 + bits.ue();
        boolean interlaced = !bits.flag();
        if (interlaced) {
            bits.bit();
        }
        bits.bit();
        if (bits.overrun()
                || id > 31
                || chroma > 3
                || depth > 14
                || chromaDepth > 14
                || frameNumBits > 16
                || orderType > 2
                || orderBits > 16
                || across > MAX_MACROBLOCKS
                || down > MAX_MACROBLOCKS) {
            return null;
        }
        int width = across * 16;
        int height = down * (interlaced ? 32 : 16);
        if (bits.flag()) {
            int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
            int unitY = (chroma == 1 ? 2 : 1) * (interlaced ? 2 : 1);
            long cutX = ((long) bits.ue() + bits.ue()) * unitX;
            long cutY = ((long) bits.ue() + bits.ue()) * unitY;
            if (cutX >= width || cutY >= height) {
                return null;
            }
            width -= (int) cutX;
            height -= (int) cutY;
        }
        int macroblocks = across * down * (interlaced ? 2 : 1);
        Vui vui = bits.flag() ? Vui.parse(bits) : Vui.NONE;
        return new Sps(
                id,
                profile,
                constraints,
                level,
                chroma,
                depth,
                chromaDepth,
                frameNumBits,
                colourPlanes,
                orderType,
                orderBits,
                references,
                interlaced,
                macroblocks,
                width,
                height,
                vui.reorderFrames(),
                vui.framesPerSecond(),
                vui.colour(),
                vui.pixelAspect());
    }

    /** Whether sets of a profile, one of the High ones, say how colour is coded; else it is 4:2:0 with 8 bits. */
    static boolean hasChromaFormat(int profile) {
        return switch (profile) {
            // 144 is High 4:4:4 as it was in 2003: FFmpeg reads it like the others
            case 100, 110, 122, 144, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private static void skipScalingMatrix(BitReader bits, int lists) {
        for (int list = 0; list < lists; list++) {
            if (bits.flag()) {
                int size = list < 6 ? 16 : 64;
                int last = 8;
                for (int i = 0, scale = 8; i < size && scale != 0 && !bits.overrun(); i++) {
                    scale = last + bits.se() & 0xff;
                    last = scale == 0 ? last : scale;
                }
            }
        }
    }

    private static void skipOrderCycle(BitReader bits) {
        bits.bit();
        bits.se();
        bits.se();
        int count = bits.ue();
        for (int i = 0; i < count && !bits.overrun(); i++) {
            bits.se();
        }
    }

    /**
     * Whether pictures may come in another order than they are shown, as far as this set tells: baseline, order type 2
     * and an explicit 0 rule it out.
     */
    public boolean mayReorder() {
        return !isBaseline() && pictureOrderCountType != 2 && reorderFrames != 0;
    }

    /** Whether B slices are not allowed at all. */
    public boolean isBaseline() {
        return profile == BASELINE;
    }
}
