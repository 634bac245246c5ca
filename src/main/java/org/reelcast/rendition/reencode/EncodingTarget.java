package org.reelcast.rendition.reencode;

import org.reelcast.codec.ffmpeg.EncoderSettings;

/** What a film's pictures are encoded to: how large they become, and which of them are left out. */
interface EncodingTarget {
    int MOST_THREADS = 4;

    /** Cores that decode and encode so many macroblocks a second: one does 1080p at 45 pictures (AMD EPYC at 2.6 GHz). */
    static double cores(double macroblocks) {
        return macroblocks / (8160 * 45);
    }

    int width(int filmWidth);

    int height(int filmHeight);

    /** How the encoder is opened for a film of that size. */
    EncoderSettings settings(int width, int height, int framesPerSecond, int quantizer);

    /** Cores that encode it as fast as it is shown, of those that this was measured with. */
    double cores(int width, int height, int framesPerSecond);

    /** Threads that encode a picture: one for what one core encodes in real time, more for more, up to {@code most}. */
    default int threads(int width, int height, int framesPerSecond, int most) {
        double threads = Math.ceil(cores(width, height, framesPerSecond));
        return (int) Math.max(1, Math.min(Math.min(MOST_THREADS, most), threads));
    }

    /**
     * Whether a picture is left out and no other needs it.
     *
     * @param slot its place among the film's pictures as they are shown
     */
    default boolean skips(long slot, boolean isReference) {
        return false;
    }

    /** Whether a picture is shown that comes {@code slots} pictures after the last one shown: with room for jitter. */
    default boolean shows(double slots) {
        return true;
    }

    /** Key frames of the file closer than this to the last one are not made key frames. */
    default long keyDistanceUs() {
        return 250_000;
    }

    /** What viewers get of a film of this size, for sentences. */
    default String describe(int width, int height) {
        return width(width) + "x" + height(height);
    }
}
