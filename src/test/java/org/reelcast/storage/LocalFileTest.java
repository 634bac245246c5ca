package org.reelcast.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileTest {
    @TempDir
    Path temp;

    private Path path;
    private byte[] content;

    @BeforeEach
    void writeFile() throws IOException {
        content = new byte[300_000];
        new Random(1).nextBytes(content);
        path = temp.resolve("file");
        Files.write(path, content);
    }

    @Test
    void readsByPosition_giveTheFilesBytes() throws Exception {
        try (LocalFile file = LocalFile.open(path)) {
            assertEquals(content.length, file.size());
            byte[] all = new byte[content.length + 10];
            assertEquals(content.length - 5, file.readFully(5, all, 2, all.length - 2));
            assertArrayEquals(
                    Arrays.copyOfRange(content, 5, content.length), Arrays.copyOfRange(all, 2, content.length - 3));
            assertEquals(1, file.read(content.length - 1, all, 0, 100));
            assertEquals(-1, file.read(content.length, all, 0, 1));
            assertEquals(-1, file.read(Long.MAX_VALUE, all, 0, 1));
        }
    }

    @Test
    void oneRead_isBounded() throws Exception {
        try (LocalFile file = LocalFile.open(path)) {
            assertEquals(128 * 1024, file.read(0, new byte[content.length], 0, content.length));
        }
    }

    @Test
    void id_changesWithTheFile() throws Exception {
        SourceId before;
        try (LocalFile file = LocalFile.open(path)) {
            before = file.id();
        }
        try (LocalFile file = LocalFile.open(path)) {
            assertEquals(before, file.id());
        }
        Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000));
        try (LocalFile file = LocalFile.open(path)) {
            assertNotEquals(before, file.id());
        }
    }

    @Test
    void interruptedReader_doesNotCloseTheFileForOthers() throws Exception {
        try (LocalFile file = LocalFile.open(path)) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, () -> file.read(0, new byte[10], 0, 10));
            assertTrue(Thread.interrupted(), "the interrupt is not swallowed");
            byte[] bytes = new byte[10];
            assertEquals(10, file.readFully(0, bytes, 0, 10));
            assertArrayEquals(Arrays.copyOf(content, 10), bytes);
        }
    }

    @Test
    void fileThatChangedBehindAnInterruptedReader_isNotMixedUp() throws Exception {
        try (LocalFile file = LocalFile.open(path)) {
            Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000));
            Thread.currentThread().interrupt();
            IOException e = assertThrows(IOException.class, () -> file.read(0, new byte[10], 0, 10));
            assertTrue(Thread.interrupted());
            assertTrue(e.getMessage().contains("changed"), e.getMessage());
        }
    }

    @Test
    void fileThatIsWrittenOver_isAnErrorForGood() throws Exception {
        for (int size : new int[] {content.length / 2, content.length, content.length * 2}) {
            Files.write(path, content);
            Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000));
            try (LocalFile file = LocalFile.open(path)) {
                assertEquals(10, file.read(5, new byte[10], 0, 10));
                byte[] other = new byte[size];
                new Random(2).nextBytes(other);
                Files.write(path, other);
                for (int i = 0; i < 2; i++) {
                    IOException e = assertThrows(IOException.class, () -> file.read(5, new byte[10], 0, 10));
                    assertTrue(e.getMessage().contains("changed"), e.getMessage());
                }
            }
            try (LocalFile file = LocalFile.open(path)) {
                assertEquals(size, file.size());
                assertEquals(10, file.read(5, new byte[10], 0, 10));
            }
        }
    }

    @Test
    void fileThatAnotherTakesTheNameOf_isReadOn() throws Exception {
        try (LocalFile file = LocalFile.open(path)) {
            Path other = Files.write(temp.resolve("other"), new byte[1000]);
            Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
            byte[] all = new byte[content.length];
            assertEquals(content.length, file.readFully(0, all, 0, all.length));
            assertArrayEquals(content, all);
            try (LocalFile now = LocalFile.open(path)) {
                assertEquals(1000, now.size());
                assertNotEquals(now.id(), file.id());
            }
            Files.delete(path);
            assertEquals(10, file.read(0, all, 0, 10));
        }
    }

    /** A film that is still being written, its index in front. */
    @Test
    void fileThatGrows_isReadOn() throws Exception {
        for (int size : new int[] {0, 100, 5000, content.length}) {
            Files.write(path, Arrays.copyOf(content, size));
            Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000));
            try (LocalFile file = LocalFile.open(path)) {
                Files.write(path, content, StandardOpenOption.APPEND);
                byte[] all = new byte[size];
                assertEquals(size, file.readFully(0, all, 0, size));
                assertArrayEquals(Arrays.copyOf(content, size), all);
            }
        }
    }

    @Test
    void fileThatBecameShorter_isAnError() throws Exception {
        try (LocalFile file = LocalFile.open(path);
                FileChannel writer = FileChannel.open(path, StandardOpenOption.WRITE)) {
            writer.truncate(1000);
            assertThrows(IOException.class, () -> file.read(0, new byte[2000], 0, 2000));
            IOException e = assertThrows(IOException.class, () -> file.read(1000, new byte[10], 0, 10));
            assertTrue(e.getMessage().contains("became shorter"), e.getMessage());
        }
    }

    @Test
    void closedFileAndFolder_areErrors() throws Exception {
        LocalFile file = LocalFile.open(path);
        file.close();
        file.close();
        IOException e = assertThrows(IOException.class, () -> file.read(0, new byte[1], 0, 1));
        assertTrue(e.getMessage().contains("is closed"), e.getMessage());
        assertThrows(IOException.class, () -> LocalFile.open(temp));
        assertThrows(IOException.class, () -> LocalFile.open(temp.resolve("missing")));
    }
}
