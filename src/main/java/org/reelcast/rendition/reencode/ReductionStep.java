package org.reelcast.rendition.reencode;

import java.util.Optional;
import java.util.stream.Stream;
import org.reelcast.codec.ffmpeg.EncoderSettings;

/**
 * A step of reduction of a film's resolution and frame rate: less costs less, for machines that cannot encode all in
 * real time. Of reduced rates, pictures that are left out and to which no other refers are not even decoded.
 */
enum ReductionStep implements EncodingTarget {
    /** Size and rate are the film's. */
    FULL(1, 1, 100, ""),
    /** Half as wide and half as high: decoding remains. */
    HALF(2, 1, 43, "half-"),
    /** The same, of every second picture. */
    HALF_AT_HALF_RATE(2, 2, 26, "half-2nd-"),
    /** The same, of every fourth picture. */
    HALF_AT_QUARTER_RATE(2, 4, 17, "half-4th-");

    /** Nothing smaller than this is made of a film. */
    private static final int MIN_WIDTH = 320;

    private static final int MIN_HEIGHT = 180;
    /** What one film may have: half of each core, and so much of a core more. */
    private static final double MOST_OF_EACH_CORE = 0.5;

    private static final double MORE = 0.2;

    private final int divisor;
    private final int rateDivisor;
    private final int costPercent;
    private final String cacheTag;

    /**
     * @param costPercent of decoding, scaling and encoding, as part of {@link #FULL}'s; measured
     * @param cacheTag    tells segments of this step from others in the cache
     */
    ReductionStep(int divisor, int rateDivisor, int costPercent, String cacheTag) {
        this.divisor = divisor;
        this.rateDivisor = rateDivisor;
        this.costPercent = costPercent;
        this.cacheTag = cacheTag;
    }

    /** The largest reduction that {@code cores} cores encode as fast as the film is shown; empty for none. */
    static Optional<ReductionStep> reduction(
            int width, int height, int framesPerSecond, DecodingCost decoding, double cores) {
        return Stream.of(HALF, HALF_AT_HALF_RATE, HALF_AT_QUARTER_RATE)
                .filter(step ->
                        step.fits(width, height) && step.isSustained(width, height, framesPerSecond, decoding, cores))
                .findFirst();
    }

    /** Whether {@code cores} cores encode it as fast as it is shown and have time for others. */
    boolean isSustained(int width, int height, int framesPerSecond, DecodingCost decoding, double cores) {
        return cores(width, height, framesPerSecond) + decoding.cores() <= most(cores);
    }

    /** How many of {@code cores} cores one film may take while it is shown. */
    static double most(double cores) {
        return cores * MOST_OF_EACH_CORE + MORE;
    }

    /** Whether what is made of a film of this size is neither too large nor too small. */
    private boolean fits(int width, int height) {
        return EncoderSettings.takes(width(width), height(height))
                && width(width) >= MIN_WIDTH
                && height(height) >= MIN_HEIGHT;
    }

    @Override
    public double cores(int width, int height, int framesPerSecond) {
        return EncodingTarget.cores(EncoderSettings.macroblocks(width, height) * framesPerSecond) * costPercent / 100;
    }

    @Override
    public int width(int filmWidth) {
        return scaled(filmWidth);
    }

    @Override
    public int height(int filmHeight) {
        return scaled(filmHeight);
    }

    /** Chroma has half as many samples (4:2:0): what is left is even. */
    private int scaled(int samples) {
        return samples / divisor / 2 * 2;
    }

    @Override
    public boolean skips(long slot, boolean isReference) {
        return !isReference && slot % rateDivisor != 0;
    }

    @Override
    public boolean shows(double slots) {
        return rateDivisor == 1 || slots > rateDivisor - 0.5;
    }

    @Override
    public String describe(int width, int height) {
        return width(width) + "x" + height(height)
                + (rateDivisor == 1 ? "" : rateDivisor == 2 ? ", every second picture" : ", every fourth picture");
    }

    @Override
    public EncoderSettings settings(int width, int height, int framesPerSecond, int quantizer) {
        return EncoderSettings.quality(width(width), height(height), framesPerSecond, quantizer);
    }

    String cacheTag() {
        return cacheTag;
    }
}
