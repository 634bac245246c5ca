package org.reelcast.rendition.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.storage.SourceId;
import org.reelcast.storage.cache.DiskCache;

class CacheTest {
    @TempDir
    Path folder;

    private void age(String rendition, String entry, long ms) throws Exception {
        Files.setLastModifiedTime(folder.resolve(rendition).resolve(entry), FileTime.fromMillis(ms));
    }

    @Test
    void entry_comesBackAsItWasPut() {
        new DiskCache(folder, 1000).put("film", "1", new byte[] {1, 2, 3});
        assertArrayEquals(new byte[] {1, 2, 3}, new DiskCache(folder, 1000).get("film", "1"));
        assertNull(new DiskCache(folder, 1000).get("film", "2"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 9, 10})
    void entry_cutShort_isNotThereAndIsRemoved(int length) throws Exception {
        DiskCache cache = new DiskCache(folder, 1000);
        cache.put("film", "1", new byte[] {1, 2, 3});
        Path file = folder.resolve("film").resolve("1");
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), length));
        assertNull(cache.get("film", "1"));
        assertFalse(Files.exists(file));
    }

    @Test
    void boundReached_removesWhatWasNotUsedForLongest() throws Exception {
        DiskCache cache = new DiskCache(folder, 1000);
        for (int i = 0; i < 4; i++) {
            cache.put("film", "" + i, new byte[200]);
            age("film", "" + i, 1_000_000 + i);
        }
        assertNotNull(cache.get("film", "0"));
        cache.put("film", "4", new byte[200]);
        assertNotNull(cache.get("film", "0"), "it was used");
        assertNull(cache.get("film", "1"));
        assertNotNull(cache.get("film", "4"));
        assertTrue(cache.totalBytes() <= 1000);
    }

    @Test
    void boundHolds_overARestart() throws Exception {
        for (int i = 0; i < 20; i++) {
            new DiskCache(folder, 1000).put("film" + i % 3, "" + i, new byte[200]);
        }
        try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
            assertTrue(files.mapToLong(file -> file.toFile().length()).sum() <= 1000);
        }
    }

    @Test
    void largerThanTheBound_isNotKept() throws Exception {
        DiskCache cache = new DiskCache(folder, 1000);
        cache.put("film", "1", new byte[2000]);
        assertNull(cache.get("film", "1"));
        assertEquals(0, cache.totalBytes());
    }

    @Test
    void boundOfNothing_keepsNothing() throws Exception {
        DiskCache cache = new DiskCache(folder.resolve("none"), 0);
        cache.put("film", "1", new byte[10]);
        assertNull(cache.get("film", "1"));
        assertFalse(Files.exists(folder.resolve("none")));
    }

    @Test
    void folderThatCannotBe_isNoFailure() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        DiskCache cache = new DiskCache(file, 1000);
        cache.put("film", "1", new byte[10]);
        assertNull(cache.get("film", "1"));
    }

    @Test
    void name_changesWithEachPartOfTheFilesState() {
        SourceId id = new SourceId("/films/a.mp4", 10, "1");
        String name = RenditionName.of(id, "opus");
        assertEquals(name, RenditionName.of(new SourceId("/films/a.mp4", 10, "1"), "opus"));
        assertNotEquals(name, RenditionName.of(new SourceId("/films/b.mp4", 10, "1"), "opus"));
        assertNotEquals(name, RenditionName.of(new SourceId("/films/a.mp4", 11, "1"), "opus"));
        assertNotEquals(name, RenditionName.of(new SourceId("/films/a.mp4", 10, "2"), "opus"));
        assertNotEquals(name, RenditionName.of(id, "video"));
        assertTrue(name.matches("[a-z0-9-]+"));
    }

    private record Bytes(int heapBytes) implements MemoryCache.Sized {}

    @Test
    void memory_keepsWithinItsBoundWhatWasUsedLast() {
        MemoryCache<String, Bytes> memory = new MemoryCache<>(100);
        memory.put("a", new Bytes(40));
        memory.put("b", new Bytes(40));
        memory.get("a");
        memory.put("c", new Bytes(40));
        assertNotNull(memory.get("a"));
        assertNull(memory.get("b"));
        assertEquals(80, memory.heapBytes());
        memory.put("a", new Bytes(10));
        assertEquals(50, memory.heapBytes());
    }
}
