package org.reelcast.source.vod.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilmQueryTest {
    private static final List<FilmEntry> FILMS = Stream.of(
                    "Der große Film (2019) – Teil 1.mp4",
                    "sample.mp4",
                    "series/one/e1.mp4",
                    "series/one/e2.mp4",
                    "series/trailer.mp4")
            .map(name -> new FilmEntry(name, 1, 1))
            .toList();

    private static List<String> names(List<FilmEntry> films) {
        return films.stream().map(FilmEntry::name).toList();
    }

    @Test
    void aFolder_showsItsOwnFilmsAndSubfolders() {
        FilmQuery.Found top = new FilmQuery("", "").in(FILMS);
        assertEquals(List.of("series"), top.folders());
        assertEquals(List.of("Der große Film (2019) – Teil 1.mp4", "sample.mp4"), names(top.films()));
        FilmQuery.Found series = new FilmQuery("series", "").in(FILMS);
        assertEquals(List.of("one"), series.folders());
        assertEquals(List.of("series/trailer.mp4"), names(series.films()));
        assertEquals(List.of(), new FilmQuery("../..", "").in(FILMS).films());
    }

    @Test
    void aSearch_findsInAllSubfoldersWhateverTheCase() {
        assertEquals(
                List.of("series/one/e1.mp4", "series/one/e2.mp4", "series/trailer.mp4"),
                names(new FilmQuery("", "SERIES").in(FILMS).films()));
        assertEquals(
                List.of(), names(new FilmQuery("series", "sample").in(FILMS).films()));
    }

    @ParameterizedTest
    @CsvSource({
        "Der grosse Film (2019) - Teil 1.mp4,Der große Film (2019) – Teil 1.mp4",
        "SAMPLE.mp4,sample.mp4",
        "smaple.mp4,sample.mp4",
        "trailer.mp4,series/trailer.mp4",
        "series/One/e1,series/one/e1.mp4"
    })
    void aNameThatIsNearlyRight_isFound(String typed, String meant) {
        assertEquals(meant, names(FilmQuery.near(typed, FILMS)).get(0));
    }

    @Test
    void aNameThatIsFarOff_findsNothing() {
        assertEquals(List.of(), FilmQuery.near("holiday in spain.mp4", FILMS));
    }

    @Test
    void aHugeNameAmongTenThousandFilms_isLookedForQuickly() {
        List<FilmEntry> many = IntStream.range(0, 10_000)
                .mapToObj(i -> new FilmEntry("f".repeat(180) + i + ".mp4", 1, 1))
                .toList();
        assertTimeout(Duration.ofSeconds(20), () -> FilmQuery.near("f".repeat(4000), many));
    }
}
