package org.reelcast.storage.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCacheTest {
    @TempDir
    Path folder;

    @Test
    void entryComesBackInAnotherProcess() {
        assertTrue(new DiskCache(folder, 10_000).put("film", "0", new byte[] {1, 2, 3}));
        DiskCache later = new DiskCache(folder, 10_000);
        assertArrayEquals(new byte[] {1, 2, 3}, later.get("film", "0"));
        assertEquals(Set.of("0"), later.entries("film"));
        assertEquals(Set.of(), later.entries("another"));
    }

    @Test
    void entryThatWasCutOffIsNotServed() throws IOException {
        DiskCache cache = new DiskCache(folder, 10_000);
        cache.put("film", "0", new byte[1000]);
        Path file = folder.resolve("film").resolve("0");
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 500));
        assertNull(cache.get("film", "0"));
        assertFalse(Files.exists(file));
    }

    @Test
    void entryHalfWrittenByACrashIsNotListed() throws IOException {
        DiskCache cache = new DiskCache(folder, 10_000);
        cache.put("film", "0", new byte[10]);
        Files.write(folder.resolve("film").resolve("1.77-1.part"), new byte[5]);
        assertEquals(Set.of("0"), cache.entries("film"));
    }

    @Test
    void boundHoldsAndTheOldestGoFirst() throws IOException {
        DiskCache cache = new DiskCache(folder, 10_000);
        for (int i = 0; i < 30; i++) {
            assertTrue(cache.put("film", Integer.toString(i), new byte[1000]));
            Files.setLastModifiedTime(
                    folder.resolve("film").resolve(Integer.toString(i)),
                    java.nio.file.attribute.FileTime.fromMillis(1_000_000L + i * 1000));
        }
        assertTrue(cache.totalBytes() <= 10_000, cache.totalBytes() + " bytes");
        assertFalse(cache.has("film", "0"));
        assertTrue(cache.has("film", "29"));
    }

    @Test
    void whatIsLargerThanTheBoundIsNotHeld() {
        DiskCache cache = new DiskCache(folder, 10_000);
        assertTrue(cache.holds(9000));
        assertFalse(cache.holds(9001));
        assertFalse(new DiskCache(folder, 0).put("film", "0", new byte[1]));
    }

    @Test
    void folderThatCannotBeWrittenMeansNothingIsKept() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[1]);
        DiskCache cache = new DiskCache(file, 10_000);
        assertFalse(cache.put("film", "0", new byte[10]));
        assertNull(cache.get("film", "0"));
    }
}
