package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.reelcast.mp4.read.AudioChoice;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** A film's sound is chosen behind its name, unless a file has that very name. */
class AudioOfFilmTest {
    private final List<String> opened = new ArrayList<>();
    private Set<String> files = Set.of("a.mp4", "s3/https://store/bucket/a.mp4");
    private StatusText missing = StatusText.FILE_NOT_FOUND;
    private final FilmStore films = new FilmStore(
            (location, client) -> {
                if (!files.contains(location)) {
                    throw new Refusal(missing, "no " + location);
                }
                return new NamedSource(location, "");
            },
            (source, sound) -> {
                opened.add(source.id().location() + " " + sound.wanted());
                return new Film(source, List.of(), BufferGate.NONE);
            });

    @Test
    void choice_isCutOffTheName_locallyAndInS3() throws Exception {
        films.acquire("a.mp4?audio=de");
        films.acquire("s3/https://store/bucket/a.mp4?audio=3");
        assertEquals(List.of("a.mp4 de", "s3/https://store/bucket/a.mp4 3"), opened);
    }

    @Test
    void fileOfThatVeryName_goesBefore() throws Exception {
        files = Set.of("a.mp4", "a.mp4?audio=de");
        films.acquire("a.mp4?audio=de");
        assertEquals(List.of("a.mp4?audio=de "), opened);
    }

    @Test
    void eachChoice_isAFilmOfItsOwn_sharedByAllWhoMakeIt() throws Exception {
        Film first = films.acquire("a.mp4");
        Film german = films.acquire("a.mp4?audio=de");
        assertNotSame(first, german);
        assertSame(german, films.acquire("a.mp4?audio=DE"));
        assertSame(first, films.acquire("a.mp4?audio="));
        assertEquals(2, films.size());
    }

    /** So does S3 answer who may read objects and not list them. */
    @Test
    void choice_isFoundInAStoreThatDeniesWhatItDoesNotHave() throws Exception {
        missing = StatusText.FAILED_TO_READ_FILE;
        films.acquire("s3/https://store/bucket/a.mp4?audio=de");
        assertEquals(List.of("s3/https://store/bucket/a.mp4 de"), opened);
        assertThrows(Refusal.class, () -> films.acquire("s3/https://store/bucket/b.mp4?audio=de"));
    }

    @Test
    void otherQuestionMarks_areOfTheName() {
        for (String name : List.of(
                "a.mp4?sound=de",
                "a.mp4?audio=de&x=1",
                "a.mp4?audio=" + "d".repeat(4000),
                "?audio=de",
                "b.mp4?audio=de")) {
            assertEquals(
                    StatusText.FILE_NOT_FOUND,
                    assertThrows(Refusal.class, () -> films.acquire(name)).status());
        }
        assertEquals(List.of(), opened);
        assertEquals(AudioChoice.FIRST, new AudioChoice(""));
    }
}
