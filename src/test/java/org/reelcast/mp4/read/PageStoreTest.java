package org.reelcast.mp4.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.mp4.index.SampleCursor;

class PageStoreTest {
    private static final double HOURS = 0.5;
    private static TestSource film;
    private static long[][] wanted;

    @TempDir
    private Path folder;

    @BeforeAll
    static void readIntoTheHeap() throws Exception {
        film = LongFilmTest.film(HOURS, true).sparse();
        wanted = samples(Movie.read(film));
    }

    /** Where each sample is, how large, and when it is shown: video, then audio. */
    private static long[][] samples(Movie movie) throws Exception {
        List<long[]> all = new ArrayList<>();
        for (Track track : List.of(movie.video().orElseThrow(), movie.audio().orElseThrow())) {
            SampleCursor cursor = track.samples().cursor();
            while (cursor.next()) {
                all.add(new long[] {cursor.position(), cursor.size(), cursor.presentationTimeUs()});
            }
        }
        return all.toArray(new long[0][]);
    }

    @Test
    void indexOnDisk_isTheSame_andTakesLittleHeap() throws Exception {
        PageStore store = new PageStore(folder, 2);
        Movie movie = Movie.read(film, store);
        assertTrue(store.pages() > 10, "pages: " + store.pages());
        assertTrue(movie.heapBytes() < 80_000, "bytes: " + movie.heapBytes());
        assertArrayEquals(wanted, samples(movie));
    }

    @Test
    void file_hasNoName_soThatNothingIsLeftOfIt() throws Exception {
        Movie.read(film, new PageStore(folder, 2));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void fileThatAnEndedServerLeft_isRemoved_andNothingElse() throws Exception {
        Path left = Files.createFile(folder.resolve("index-17.tmp"));
        Path other = Files.createFile(folder.resolve("index-17.h264"));
        Movie.read(film, new PageStore(folder, 2));
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(other));
    }

    @Test
    void manyReaders_walkAtOnce() throws Exception {
        Movie movie = Movie.read(film, new PageStore(folder, 3));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<long[][]>> walks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                walks.add(threads.submit(() -> samples(movie)));
            }
            for (Future<long[][]> walk : walks) {
                assertArrayEquals(wanted, walk.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void interruptedReader_disturbsNobody() throws Exception {
        Movie movie = Movie.read(film, new PageStore(folder, 1));
        Thread.currentThread().interrupt();
        assertArrayEquals(wanted, samples(movie));
        assertTrue(Thread.interrupted());
        assertArrayEquals(wanted, samples(movie));
    }

    @Test
    void folderThatCannotBeWritten_leavesTheIndexInTheHeap() throws Exception {
        PageStore store = new PageStore(Files.createFile(folder.resolve("file")), 2);
        Movie movie = Movie.read(film, store);
        assertEquals(0, store.pages());
        assertArrayEquals(wanted, samples(movie));
    }

    @Test
    void forgottenFilm_givesItsPlacesBack() throws Exception {
        PageStore store = new PageStore(folder, 1000);
        samples(Movie.read(film, store));
        assertTrue(store.pages() > 0);
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            while (store.pages() > 0) {
                System.gc();
                Thread.onSpinWait();
            }
        });
        Movie next = Movie.read(film, store);
        assertArrayEquals(wanted, samples(next));
    }
}
