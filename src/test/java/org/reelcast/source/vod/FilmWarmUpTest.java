package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.reelcast.config.Settings;
import org.reelcast.mp4.read.Movie;
import org.reelcast.rendition.film.Renditions;

class FilmWarmUpTest {

    @Test
    void allOfTheFilmIsRead() throws Exception {
        assertEquals(15, FilmWarmUp.run((source, sound) -> {
            try {
                Movie movie = Movie.read(source);
                Renditions renditions = Renditions.of(movie, source, Settings.of(Map.of()));
                return new Film(source, FilmLibrary.tracks(renditions), BufferGate.NONE);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }));
    }
}
