package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileFolderTest {
    @TempDir
    private Path home;

    private Path root;
    private FileFolder folder;

    @BeforeEach
    void makeFiles() throws IOException {
        root = Files.createDirectories(home.resolve("records"));
        Files.createDirectories(root.resolve("sub"));
        Files.writeString(root.resolve("a film.mp4"), "film");
        Files.writeString(root.resolve("sub/index.html"), "page");
        Files.writeString(root.resolve("b.mp4.tmp"), "half");
        Files.writeString(root.resolve(".hidden"), "hidden");
        Files.writeString(home.resolve("secret"), "secret");
        Files.createSymbolicLink(root.resolve("out"), home.resolve("secret"));
        Files.createSymbolicLink(root.resolve("within.mp4"), root.resolve("a film.mp4"));
        folder = new FileFolder(root);
    }

    @Test
    void fileInTheFolder_isFound() throws IOException {
        assertEquals(Optional.of(root.resolve("a film.mp4").toRealPath()), folder.find("/a film.mp4"));
        assertEquals(Optional.of(root.resolve("sub/index.html").toRealPath()), folder.find("/sub/index.html"));
        assertEquals(Optional.of(root.resolve("sub/index.html").toRealPath()), folder.find("/sub/"));
        assertEquals(Optional.of(root.resolve("a film.mp4").toRealPath()), folder.find("/within.mp4"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "/",
                "/sub",
                "/none.mp4",
                "/../secret",
                "/sub/../../secret",
                "/./a film.mp4/..",
                "/..\\secret",
                "/out",
                "/.hidden",
                "/b.mp4.tmp",
                "//etc/passwd",
                "/a\0b",
                "/a film.mp4/x"
            })
    void anythingElse_isNotFound(String path) {
        assertEquals(Optional.empty(), folder.find(path));
    }

    @Test
    void folderThatIsNotThere_hasNoFiles() {
        assertEquals(Optional.empty(), new FileFolder(home.resolve("none")).find("/a film.mp4"));
    }

    @Test
    void entityTag_changesWithTheFile() throws IOException {
        Path file = root.resolve("a film.mp4");
        String before = FileFolder.entityTag(file);
        assertEquals(before, FileFolder.entityTag(file));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        assertNotEquals(before, FileFolder.entityTag(file));
    }

    @Test
    void contentType_followsTheExtension() {
        assertEquals("video/mp4", FileFolder.contentType(Path.of("A.MP4")));
        assertEquals("text/javascript; charset=utf-8", FileFolder.contentType(Path.of("flashphoner.js")));
        assertEquals("application/octet-stream", FileFolder.contentType(Path.of("noextension")));
    }
}
