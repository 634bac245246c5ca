package org.reelcast.source.vod;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.reelcast.mp4.read.AudioChoice;
import org.reelcast.mp4.read.Movie;
import org.reelcast.mp4.read.TrackInfo;

/**
 * What a film says of itself.
 *
 * @param sound  which of its sounds was asked for
 * @param tracks of picture and sound, those that do not play too
 * @param notes  what a user should know, in sentences; more may come while it plays
 */
record FilmFacts(AudioChoice sound, List<TrackInfo> tracks, Supplier<List<String>> notes) {
    static final FilmFacts NONE = new FilmFacts(AudioChoice.FIRST, List.of(), List::of);

    /** @param warnings that were known when it was opened */
    static FilmFacts of(Movie movie, AudioChoice sound, List<String> warnings) {
        return new FilmFacts(
                sound,
                movie.tracks(),
                () -> Stream.concat(warnings.stream(), movie.notes().stream())
                        .distinct()
                        .toList());
    }
}
