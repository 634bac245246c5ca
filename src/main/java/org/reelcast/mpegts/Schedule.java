package org.reelcast.mpegts;

/**
 * The order of a segment's packets, step by step: pictures and sound by the time at which they are due; the tables
 * first and then evenly over the segment, sixteen times for their continuity counters; the program's clock wherever the
 * stream that carries it is silent for long. The same each time it is gone through: once to count, once to write.
 */
final class Schedule {
    /** The clock comes at least so often (ISO/IEC 13818-1 section 2.7.2). */
    static final long CLOCK_INTERVAL = Ticks.ofMs(100);
    /** A longer silence is a hole in the film, and not filled with clocks. */
    private static final long MAX_SILENCE = Ticks.ofMs(10_000);

    private static final long NONE_YET = Long.MIN_VALUE;

    /** What comes next. */
    enum Step {
        TABLES,
        /** A packet with the {@link #clock()} alone. */
        CLOCK,
        /** The {@link #unit()} of {@link #isPicture() pictures or sounds}. */
        UNIT,
        END
    }

    private final PesStream pictures;
    private final PesStream sounds;
    private int picture;
    private int sound;
    private int tables;
    private boolean isPicture;
    private long clock = NONE_YET;

    Schedule(PesStream pictures, PesStream sounds) {
        this.pictures = pictures;
        this.sounds = sounds;
    }

    Step next() {
        int done = picture + sound;
        int units = pictures.count() + sounds.count();
        if (tables < PesPackets.ROUND && (long) tables * units <= (long) PesPackets.ROUND * done) {
            tables++;
            return Step.TABLES;
        }
        if (done == units) {
            return Step.END;
        }
        isPicture =
                sound == sounds.count() || picture < pictures.count() && pictures.time(picture) <= sounds.time(sound);
        boolean clocked = isPicture || sounds.isClocked();
        long time = isPicture ? pictures.time(picture) : sounds.time(sound);
        if (clockIsDue(clocked, time)) {
            return Step.CLOCK;
        }
        if (clocked) {
            clock = Math.max(clock, time);
        }
        if (isPicture) {
            picture++;
        } else {
            sound++;
        }
        return Step.UNIT;
    }

    /** Whether the clock goes before what is due at {@code time}, and then sets it. */
    private boolean clockIsDue(boolean clocked, long time) {
        // sound goes on until the last picture is shown, and the next segment's pictures are decoded before that
        long until = picture == pictures.count() ? time - pictures.delay() : time;
        boolean hole = clock == NONE_YET || until - clock > MAX_SILENCE;
        if (hole && clocked || !hole && until - clock <= CLOCK_INTERVAL) {
            return false;
        }
        clock = hole ? until : clock + CLOCK_INTERVAL;
        return true;
    }

    /** The time to which the stream has come. */
    long clock() {
        return clock;
    }

    boolean isPicture() {
        return isPicture;
    }

    int unit() {
        return (isPicture ? picture : sound) - 1;
    }
}
