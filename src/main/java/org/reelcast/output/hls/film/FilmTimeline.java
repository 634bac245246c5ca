package org.reelcast.output.hls.film;

import java.util.function.BooleanSupplier;
import org.reelcast.loop.AnyThread;
import org.reelcast.stream.FilmBroadcast;

/** Where a broadcast is, and where it has ended. */
@AnyThread
final class FilmTimeline {
    /** Media sequence numbers count from here: 2020, in µs since 1970. */
    private static final long SEQUENCE_EPOCH_US = 1_577_836_800_000_000L;
    /** No segment of a film that plays on and on is shorter. */
    static final long SHORTEST_US = 500_000;

    static final long RUNNING = Long.MAX_VALUE;

    private final FilmBroadcast broadcast;
    private final BooleanSupplier over;
    private final long firstSequence;
    private volatile FilmBroadcast.Timetable timetable;
    private volatile long endedUs = RUNNING;

    /**
     * @param timetable the first one
     * @param positions of the film's segments
     * @param over      whether the stream has ended
     */
    FilmTimeline(
            FilmBroadcast broadcast, FilmBroadcast.Timetable timetable, Positions positions, BooleanSupplier over) {
        this.broadcast = broadcast;
        this.timetable = timetable;
        this.over = over;
        // no segment is shorter: whatever position a later broadcast begins with, it never has a lower number
        long beginUs = timetable.beginUs();
        firstSequence =
                Math.max(0, (timetable.whenDueUs(beginUs) - SEQUENCE_EPOCH_US) / SHORTEST_US - positions.at(beginUs));
    }

    /** The media sequence number of the film's first segment in the first pass: from the time of day it started at. */
    long firstSequence() {
        return firstSequence;
    }

    /** What is shown now, or would be had the broadcast not ended, on the timeline of all passes. */
    long positionUs() {
        timetable = broadcast.timetable().orElse(timetable);
        long nowUs = timetable.positionUs(broadcast.nowUs());
        if (endedUs == RUNNING && over.getAsBoolean()) {
            endedUs = nowUs;
        }
        return nowUs;
    }

    /** What was shown last; {@link #RUNNING} as long as the broadcast has not ended. */
    long endedUs() {
        positionUs();
        return endedUs;
    }

    /** When a position is shown, in µs since 1970. */
    long whenDueUs(long positionUs) {
        return timetable.whenDueUs(positionUs);
    }

    /** The time of day, in µs since 1970. */
    long nowUs() {
        return broadcast.nowUs();
    }
}
