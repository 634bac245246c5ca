package org.reelcast.segment;

/**
 * How far apart in decode time a track's frames lie.
 *
 * @param averageUs of the whole track; 0 when there is one frame or none
 * @param longestUs between two that follow each other
 */
public record FrameSpacing(long averageUs, long longestUs) {
    static final FrameSpacing NONE = new FrameSpacing(0, 0);
    private static final long PART_US = 500_000;
    private static final long IRREGULAR_PART_US = 1_000_000;
    /** Timescales round, by a millisecond at most in files that are met. */
    private static final long ROUNDING_US = 1_100;

    /** Whether all frames are as far apart as the others. */
    public boolean isRegular() {
        return longestUs - averageUs <= ROUNDING_US;
    }

    /**
     * The target duration of partial segments, which never changes (draft-pantos-hls-rfc8216bis, EXT-X-PART-INF): the
     * longest run of whole frames within half a second, rounded up to a millisecond; a second where frames are
     * irregular.
     *
     * @return 0 when frames are too far apart for parts
     */
    public long partTargetUs() {
        if (averageUs == 0 || longestUs > IRREGULAR_PART_US) {
            return 0;
        }
        if (!isRegular() || averageUs > PART_US) {
            return IRREGULAR_PART_US;
        }
        long frames = Math.max(1, (PART_US + averageUs / 100) / averageUs);
        return (frames * averageUs + ROUNDING_US + 999) / 1000 * 1000;
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

        FrameSpacing result() {
            return frames < 2 ? NONE : new FrameSpacing((lastUs - firstUs) / (frames - 1), longestUs);
        }
    }
}
