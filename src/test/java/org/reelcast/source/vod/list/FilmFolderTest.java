package org.reelcast.source.vod.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmFolderTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    private Path outside;

    private Path media;

    @BeforeEach
    void makeFolder() throws IOException {
        media = Files.createDirectory(outside.resolve("media"));
        for (String name : List.of(
                "b.mp4",
                "A.MP4",
                "sub/deep/c.mov",
                "note.txt",
                ".hidden.mp4",
                ".git/d.mp4",
                "rec.mp4.tmp",
                "100%.mp4",
                "Ärger (1).m4v")) {
            put(media.resolve(name));
        }
        put(outside.resolve("secret.mp4"));
    }

    private static void put(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[10]);
    }

    private static List<String> names(FilmFolder.Films films) {
        return films.all().stream().map(FilmEntry::name).toList();
    }

    @Test
    void filmsOfAllSubfolders_areListedByNameAndNothingElse() {
        FilmFolder.Films films = new FilmFolder(media, false, 100).films(0);
        assertEquals(List.of("100%.mp4", "A.MP4", "b.mp4", "sub/deep/c.mov", "Ärger (1).m4v"), names(films));
        assertTrue(films.complete());
        assertEquals(10, films.all().get(0).bytes());
        assertEquals("vod://100%25.mp4", films.all().get(0).uri(), "names in addresses are percent-decoded");
    }

    @Test
    void linksThatLeadOut_areListedOnlyWhereTheyArePlayed() throws IOException {
        Files.createSymbolicLink(media.resolve("out.mp4"), outside.resolve("secret.mp4"));
        Files.createSymbolicLink(media.resolve("in.mp4"), media.resolve("b.mp4"));
        Files.createSymbolicLink(media.resolve("circle"), media);
        Files.createSymbolicLink(media.resolve("broken.mp4"), outside.resolve("nothing.mp4"));
        assertFalse(names(new FilmFolder(media, false, 100).films(0)).contains("out.mp4"));
        assertTrue(names(new FilmFolder(media, false, 100).films(0)).contains("in.mp4"));
        List<String> followed = names(new FilmFolder(media, true, 100).films(0));
        assertTrue(followed.contains("out.mp4") && !followed.contains("broken.mp4"), followed::toString);
    }

    @Test
    void whatMayNotBeRead_isLeftOut() throws IOException {
        Path closed = media.resolve("b.mp4");
        assertTrue(closed.toFile().setReadable(false));
        // root reads everything
        assertEquals(
                Files.isReadable(closed),
                names(new FilmFolder(media, false, 100).films(0)).contains("b.mp4"));
    }

    @Test
    void moreFilmsThanAreListed_areSaidToBeMore() {
        FilmFolder.Films films = new FilmFolder(media, false, 2).films(0);
        assertEquals(2, films.all().size());
        assertFalse(films.complete());
    }

    /** A library of a collector: the list is right and quick, also with what is no film of this folder among them. */
    @Test
    void tenThousandFilms_areListedQuickly_withoutWhatCannotBePlayed() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            Path folder = media.resolve("shelf " + i / 1000);
            put(folder.resolve("film " + i + ".mp4"));
            if (i % 1000 == 0) {
                Files.createSymbolicLink(folder.resolve("out.mp4"), outside.resolve("secret.mp4"));
                Files.createSymbolicLink(folder.resolve("round"), media);
            }
        }
        FilmFolder.Films films =
                assertTimeout(Duration.ofSeconds(10), () -> new FilmFolder(media, false, 20_000).films(0));
        assertEquals(10_005, films.all().size());
        assertTrue(films.complete());
        assertEquals(1000, new FilmQuery("shelf 3", "").in(films.all()).films().size());
        assertEquals(
                List.of("shelf 9/film 9999.mp4"),
                names(new FilmFolder.Films(
                        new FilmQuery("", "9999").in(films.all()).films(), true)));
    }

    @Test
    void folder_isReadAgainAfterAWhileAlone() throws IOException {
        FilmFolder folder = new FilmFolder(media, false, 100);
        int before = folder.films(0).all().size();
        put(media.resolve("new.mp4"));
        assertEquals(before, folder.films(SECOND_NS).all().size());
        assertEquals(before + 1, folder.films(4 * SECOND_NS).all().size());
    }

    @Test
    void folderThatIsNotThere_hasNoFilms() {
        assertEquals(
                List.of(),
                new FilmFolder(outside.resolve("nowhere"), false, 100).films(0).all());
    }
}
