package org.reelcast.stream;

import java.util.Optional;
import org.reelcast.loop.AnyThread;

/**
 * A film that plays for many by the time of day: what is shown when follows from the film and a few numbers, so that an
 * output needs none of the stream's frames.
 */
@AnyThread
public interface FilmBroadcast {

    /** The film, open until the hold is closed, also beyond the end of the stream; empty once the stream has ended. */
    Optional<SeekableFilm.Hold> film();

    /** What is shown when; empty before it is settled, as long as the first group of pictures is not ready. */
    Optional<Timetable> timetable();

    /** The time of day by which the broadcast goes, in µs since 1970. */
    long nowUs();

    /** Which position of the film is shown at what time of day; positions run on over the passes of a looped film. */
    interface Timetable {

        /** Negative before the start; behind the end of a film that is not looped it goes on. */
        long positionUs(long timeUs);

        /** The position that the broadcast began with. */
        long beginUs();

        /** When that position is shown, in µs since 1970. */
        long whenDueUs(long positionUs);

        /** How long a pass is, in µs; 0 while that is not known. */
        long passUs();

        boolean looped();
    }
}
