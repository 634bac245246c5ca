package org.reelcast.source.vod;

import java.util.List;
import java.util.function.Supplier;
import org.reelcast.mp4.Movie;
import org.reelcast.mp4.SoundChoice;
import org.reelcast.mp4.TrackInfo;

/**
 * What a film says of itself.
 *
 * @param sound  which of its sounds was asked for
 * @param tracks of picture and sound, those that do not play too
 * @param notes  what a user should know, in sentences; more may come while it plays
 */
record FilmFacts(SoundChoice sound, List<TrackInfo> tracks, Supplier<List<String>> notes) {
    static final FilmFacts NONE = new FilmFacts(SoundChoice.FIRST, List.of(), List::of);

    static FilmFacts of(Movie movie, SoundChoice sound) {
        return new FilmFacts(sound, movie.tracks(), movie::notes);
    }
}
