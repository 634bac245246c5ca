package org.reelcast.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.refusal.Refusal;

class LocalFilesTest {
    @TempDir
    Path temp;

    private Path media;
    private LocalFiles files;

    @BeforeEach
    void makeFolders() throws IOException {
        media = Files.createDirectories(temp.resolve("media"));
        Files.createDirectories(media.resolve("sub/folder"));
        write(media.resolve("film.mp4"), "film");
        write(media.resolve("sub/folder/two words+%41.mp4"), "deep");
        write(temp.resolve("secret.mp4"), "secret");
        files = new LocalFiles(media, false);
    }

    private static void write(Path path, String text) throws IOException {
        Files.writeString(path, text);
    }

    private String content(String name) throws IOException {
        try (LocalFile file = files.open(name)) {
            byte[] bytes = new byte[(int) file.size()];
            assertEquals(bytes.length, file.readFully(0, bytes, 0, bytes.length));
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private Refusal refused(String name) {
        Refusal e = assertThrows(Refusal.class, () -> files.open(name).close());
        assertEquals("File not found", e.info());
        assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), "log line: " + e.getMessage());
        return e;
    }

    @Test
    void filesInTheFolderAndBelow_areOpened() throws Exception {
        assertEquals("film", content("film.mp4"));
        assertEquals("film", content("%66ilm%2Emp4"));
        assertEquals("deep", content("sub/folder/two words+%2541.mp4"));
        assertEquals("deep", content("sub%2Ffolder/two%20words+%2541.mp4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "missing.mp4",
                "sub",
                "sub/",
                "sub/folder",
                ".",
                "/",
                "//",
                "film.mp4/",
                "film.mp4/x",
                "../secret.mp4",
                "sub/../../secret.mp4",
                "sub/../film.mp4",
                "./film.mp4",
                "sub//folder/two words+%2541.mp4",
                "%2e%2e/secret.mp4",
                "%2e%2e%2fsecret.mp4",
                "..%2fsecret.mp4",
                "%252e%252e%252fsecret.mp4",
                "..%5csecret.mp4",
                "..\\secret.mp4",
                "sub\\..\\film.mp4",
                "%c0%ae%c0%ae/secret.mp4",
                "%c0%ae%c0%ae%c0%afsecret",
                "%e0%80%ae%e0%80%ae/secret.mp4",
                "%u002e%u002e/secret.mp4",
                "\uff0e\uff0e/secret.mp4",
                "film.mp4%00",
                "film.mp4%00.txt",
                "film%0a.mp4",
                "\u0000",
                "%",
                "%2",
                "%zz",
                "film%.mp4",
                "film.mp4%",
                "%-1",
                "%\uff11\uff11",
                "C:film.mp4",
                "c:/film.mp4",
                "C:\\film.mp4",
                "%43:/film.mp4",
                "\ud800.mp4",
                "%ff.mp4",
                "%ed%a0%80.mp4",
                "film.mp4 ",
                "FILM.MP4x",
                "file:///etc/passwd",
                "~/film.mp4"
            })
    void namesThatLeadElsewhere_areNotFound(String name) {
        refused(name);
    }

    @Test
    void absolutePath_isNotFoundEvenIfItLeadsInside() {
        refused(media.resolve("film.mp4").toString());
        refused("%2F" + media.resolve("film.mp4").toString().substring(1));
        refused("x".repeat(5000));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void symbolicLinks_areFollowedInsideOnly() throws Exception {
        Files.createSymbolicLink(media.resolve("inside.mp4"), media.resolve("film.mp4"));
        Files.createSymbolicLink(media.resolve("outside.mp4"), temp.resolve("secret.mp4"));
        Files.createSymbolicLink(media.resolve("up"), temp);
        Files.createSymbolicLink(media.resolve("dangling.mp4"), temp.resolve("nothing"));
        Files.createSymbolicLink(media.resolve("loop.mp4"), media.resolve("loop.mp4"));
        assertEquals("film", content("inside.mp4"));
        assertTrue(refused("outside.mp4").getMessage().contains("media_follow_symlinks"));
        refused("up/secret.mp4");
        refused("dangling.mp4");
        refused("loop.mp4");
        files = new LocalFiles(media, true);
        assertEquals("secret", content("outside.mp4"));
        assertEquals("secret", content("up/secret.mp4"));
        refused("../secret.mp4");
        refused("dangling.mp4");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void folderThatIsALinkItself_isFine() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("link"), media);
        files = new LocalFiles(link, false);
        assertEquals("film", content("film.mp4"));
        refused("../secret.mp4");
    }

    @Test
    void folderThatComesLater_isSeen() throws Exception {
        files = new LocalFiles(temp.resolve("later"), false);
        refused("film.mp4");
        Files.createDirectories(temp.resolve("later"));
        write(temp.resolve("later/film.mp4"), "late");
        assertEquals("late", content("film.mp4"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void pipe_isRefusedInsteadOfBlocking() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", media.resolve("pipe.mp4").toString()).start();
        assertEquals(0, mkfifo.waitFor());
        assertTrue(refused("pipe.mp4").getMessage().contains("not a regular file"));
    }
}
