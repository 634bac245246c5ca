package org.reelcast.codec.ffmpeg;

import org.reelcast.media.Colour;
import org.reelcast.media.SourceCodec;

/**
 * What a decoder of pictures has to know.
 *
 * @param format the four-character code in the file, which some decoders ask
 * @param config as the codec's file format has it; empty for none
 * @param colour what the container says of it: it holds where the pictures themselves say nothing
 */
public record VideoParameters(SourceCodec codec, String format, byte[] config, int width, int height, Colour colour) {
    /** Pictures at work beside those kept: two threads', the one that came out, those of an encoder. */
    private static final int MORE_PICTURES = 5;
    /** Larger pictures are beyond 4096x2304, of which no level of any codec lets so many be kept. */
    private static final int LARGE_PIXELS = 4096 * 2304;

    private static final int KEPT_OF_LARGE = 6;
    /** Where hvcC has the colour format and bit depth (ISO/IEC 14496-15 section 8.3.3.1.2). */
    private static final int HVCC_DEPTH = 17;
    /** Where av1C has its flags (AV1 Codec ISO Media File Format Binding, 2.3.3). */
    private static final int AV1C_FLAGS = 2;

    private static final int AV1C_HIGH_BIT_DEPTH = 0x40;

    /** The most that decoding and encoding of such pictures can take, in bytes. */
    public long bytes() {
        int kept = codec.keptPictures();
        long pixels = width * (long) height;
        return pixels
                * bytesAPixel()
                * ((pixels > LARGE_PIXELS ? Math.min(KEPT_OF_LARGE, kept) : kept) + MORE_PICTURES);
    }

    private int bytesAPixel() {
        return switch (codec) {
            case HEVC -> config.length > HVCC_DEPTH && (config[HVCC_DEPTH] & 7) == 0 ? 2 : 4;
            case AV1 -> config.length > AV1C_FLAGS && (config[AV1C_FLAGS] & AV1C_HIGH_BIT_DEPTH) == 0 ? 2 : 4;
            case MPEG4, MPEG2, MPEG1, H263, VP8, DV -> 2;
            case PRORES, FFV1, PNG -> 8;
            default -> 4;
        };
    }
}
