package org.reelcast.segment;

/**
 * How far apart in decode time a track's frames lie.
 *
 * @param averageUs of the whole track; 0 when there is one frame or none
 * @param longestUs between two that follow each other
 * @param edgeUs    how long the last frame stands, or nothing comes before the first, whichever is longer
 */
public record FrameSpacing(long averageUs, long longestUs, long edgeUs) {
    static final FrameSpacing NONE = new FrameSpacing(0, 0, 0);
    private static final long PART_US = 500_000;
    private static final long LONG_PART_US = 1_000_000;
    /** All parts but a segment's first and last are at least so much of the target (rfc8216bis section 4.4.4.9). */
    private static final int LEAST_PERCENT = 85;
    /** Timescales round, by a millisecond at most in files that are met. */
    private static final long ROUNDING_US = 1_100;

    /** Whether all frames are as far apart as the others. */
    public boolean isRegular() {
        return longestUs - averageUs <= ROUNDING_US;
    }

    /**
     * The target duration of partial segments, which never changes (draft-pantos-hls-rfc8216bis, EXT-X-PART-INF): the
     * longest run of whole frames within half a second, rounded up to a millisecond; a second where frames are
     * irregular, or sound has to wait for a picture.
     *
     * @return 0 when frames are too far apart for parts: a part is closed before the frame that would make it too long,
     *         and would then be too short
     */
    public long partTargetUs() {
        if (averageUs == 0 || averageUs > LONG_PART_US + ROUNDING_US) {
            return 0;
        }
        long frames = Math.max(1, (PART_US + averageUs / 100) / averageUs);
        long targetUs = (frames * averageUs + ROUNDING_US + 999) / 1000 * 1000;
        if (isRegular() && edgeUs <= targetUs) {
            return targetUs;
        }
        return edgeUs <= LONG_PART_US && shortestUs(LONG_PART_US) >= LONG_PART_US * LEAST_PERCENT / 100
                ? LONG_PART_US
                : 0;
    }

    /** How long a part is at least that the next frame would make longer than the target. */
    private long shortestUs(long targetUs) {
        return isRegular() ? targetUs / averageUs * averageUs : targetUs - longestUs;
    }

    /** Takes the measure of a track. */
    static final class Gauge {
        private long firstUs;
        private long lastUs;
        private long longestUs;
        private int frames;

        void add(long decodeUs) {
            if (frames++ == 0) {
                firstUs = decodeUs;
            } else {
                longestUs = Math.max(longestUs, decodeUs - lastUs);
            }
            lastUs = Math.max(decodeUs, lastUs);
        }

        /** @param startUs of the first part @param endUs of the last */
        FrameSpacing result(long startUs, long endUs) {
            return frames < 2
                    ? NONE
                    : new FrameSpacing(
                            (lastUs - firstUs) / (frames - 1), longestUs, Math.max(firstUs - startUs, endUs - lastUs));
        }
    }
}
