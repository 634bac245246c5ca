package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.reelcast.media.Colour;

/**
 * What an encoder is opened for.
 *
 * @param width           even, as the height; see {@link #takes}
 * @param framesPerSecond what comes as a rule: a bitrate is kept by it
 * @param quantizer       0 (best) to 51: the same for all pictures; unused with a bitrate
 * @param bitrate         target in bits a second, with a decoder's buffer of one second; 0 = constant quality
 * @param threads         that may work at one picture
 * @param sceneCuts       whether the encoder may make key frames of its own where the picture changes altogether; the
 *                        bundled one does even so
 * @param colour          what the samples mean
 * @param unitBytes       of a NAL unit at most, in Constrained Baseline profile, for who takes nothing else; 0 = of any
 *                        length, in High profile
 */
public record EncoderSettings(
        int width,
        int height,
        int framesPerSecond,
        int quantizer,
        int bitrate,
        int threads,
        boolean sceneCuts,
        Colour colour,
        int unitBytes) {
    /** The largest picture, in macroblocks: level 5.2 (ITU-T H.264 table A-1). */
    private static final long MAX_MACROBLOCKS = 36_864;

    private static final int LEAST_SIDE = 16;
    /** Bits for a pixel of moving pictures at {@link #USUAL_QUANTIZER}, by measurement. */
    private static final double USUAL_BITS = 0.1;

    private static final int USUAL_QUANTIZER = 26;
    /** So much less of the quantizer doubles the bits. */
    private static final double DOUBLING = 6;

    public EncoderSettings {
        if (!takes(width, height)) {
            throw new IllegalArgumentException("No encoder takes pictures of " + width + "x" + height);
        }
    }

    /** Whether pictures of this size can be encoded. */
    public static boolean takes(int width, int height) {
        return width >= LEAST_SIDE
                && height >= LEAST_SIDE
                && width % 2 == 0
                && height % 2 == 0
                && macroblocks(width, height) <= MAX_MACROBLOCKS;
    }

    /** Macroblocks of a picture: what it costs goes by them. */
    public static long macroblocks(int width, int height) {
        return (width + 15) / 16 * (long) ((height + 15) / 16);
    }

    /** Constant quality; one thread, key frames at scene cuts. */
    public static EncoderSettings quality(int width, int height, int framesPerSecond, int quantizer) {
        return new EncoderSettings(width, height, framesPerSecond, quantizer, 0, 1, true, Colour.UNSPECIFIED, 0);
    }

    /** A target bitrate, in bits a second; one thread, no key frames but those asked for. */
    public static EncoderSettings bitrate(int width, int height, int framesPerSecond, int bitrate) {
        return new EncoderSettings(width, height, framesPerSecond, 0, bitrate, 1, false, Colour.UNSPECIFIED, 0);
    }

    public EncoderSettings withThreads(int count) {
        return new EncoderSettings(
                width, height, framesPerSecond, quantizer, bitrate, count, sceneCuts, colour, unitBytes);
    }

    /** For pictures whose samples mean what those of {@code picture} mean. */
    public EncoderSettings withColourOf(Picture picture) {
        return withColourOf(picture.frame());
    }

    EncoderSettings withColourOf(AVFrame frame) {
        return withColour(new Colour(
                frame.color_primaries(),
                frame.color_trc(),
                frame.colorspace(),
                frame.color_range() == avutil.AVCOL_RANGE_JPEG));
    }

    public EncoderSettings withColour(Colour samples) {
        return new EncoderSettings(
                width, height, framesPerSecond, quantizer, bitrate, threads, sceneCuts, samples, unitBytes);
    }

    public EncoderSettings withUnitBytes(int most) {
        return new EncoderSettings(
                width, height, framesPerSecond, quantizer, bitrate, threads, sceneCuts, colour, most);
    }

    EncoderSettings withBitrate(int bits) {
        return new EncoderSettings(
                width, height, framesPerSecond, quantizer, bits, threads, sceneCuts, colour, unitBytes);
    }

    /** Whether quality is constant. */
    public boolean isQuality() {
        return bitrate == 0;
    }

    /** The bitrate; for encoders that know no constant quality, about what it would come to. */
    int bitrateOrEstimate() {
        return isQuality()
                ? (int) Math.min(
                        Integer.MAX_VALUE,
                        (double) width
                                * height
                                * framesPerSecond
                                * USUAL_BITS
                                * Math.pow(2, (USUAL_QUANTIZER - quantizer) / DOUBLING))
                : bitrate;
    }
}
