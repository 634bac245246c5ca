package org.reelcast.rendition.reencode;

import org.reelcast.codec.ffmpeg.EncoderSettings;

/**
 * A film's picture in a size and at a bitrate of its own: what players change to when their network is too slow for the
 * film. All its pictures are there, and each key frame of the film is one.
 *
 * @param width   as the film lies in the file, before receivers turn it; even, as the height
 * @param bitrate in bits a second
 */
record ScaledPicture(int width, int height, int bitrate) implements EncodingTarget {
    /** Of the cost of decoding and encoding a picture, the part of decoding; the rest goes by what is encoded. */
    private static final double DECODING = 0.24;

    @Override
    public int width(int filmWidth) {
        return width;
    }

    @Override
    public int height(int filmHeight) {
        return height;
    }

    @Override
    public EncoderSettings settings(int filmWidth, int filmHeight, int framesPerSecond, int quantizer) {
        return EncoderSettings.bitrate(width, height, framesPerSecond, bitrate);
    }

    @Override
    public double cores(int filmWidth, int filmHeight, int framesPerSecond) {
        double macroblocks = EncoderSettings.macroblocks(filmWidth, filmHeight) * DECODING
                + EncoderSettings.macroblocks(width, height) * (1 - DECODING);
        return EncodingTarget.cores(macroblocks * framesPerSecond);
    }

    /** Media segments may begin with any of them. */
    @Override
    public long keyDistanceUs() {
        return 0;
    }
}
