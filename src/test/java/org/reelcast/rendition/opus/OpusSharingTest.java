package org.reelcast.rendition.opus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.film.Film;
import org.reelcast.storage.LocalFile;

/** Made once a film: by many viewers at once, in several places, and over a restart. */
class OpusSharingTest {
    private static final int SECONDS = 21;
    private static final int PACKETS_A_SECOND = 25;
    private static final int SEGMENTS = 44;

    @TempDir
    Path folder;

    private static Path file() {
        return GeneratedMedia.make(
                "music.mp4",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=44100:duration=" + SECONDS,
                "-ac",
                "2",
                "-c:a",
                "aac");
    }

    private static List<Frame> all(Film film) throws IOException {
        return AnnexB.frames(film.audio().reader(), Integer.MAX_VALUE);
    }

    /** Its fragments' index says 4 s, as the picture has; the sound ends sooner. */
    @Test
    void filmThatPromisesMoreThanItHas_isWholeAtEachShowing() throws Exception {
        Path file = GeneratedMedia.make(
                "promise.mp4",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=160x120:rate=10:d=4",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:duration=2.6",
                "-c:v",
                "libx264",
                "-bf",
                "0",
                "-g",
                "10",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                "-movflags",
                "+dash+global_sidx+frag_keyframe+default_base_moof");
        OpusTracks sound = new OpusTracks();
        for (int i = 0; i < 3; i++) {
            try (Film film = Film.open(LocalFile.open(file), sound)) {
                assertEquals(2.6 * PACKETS_A_SECOND, all(film).size(), 2);
                assertTrue(film.audio().isEndKnown());
                assertEquals(2_600_000, film.audio().durationUs(), 50_000);
            }
        }
        for (OpusTracks tracks : List.of(sound, new OpusTracks())) {
            try (Film behind = Film.open(LocalFile.open(file), tracks);
                    FrameReader reader = behind.audio().reader()) {
                reader.seek(3_500_000);
                assertNull(reader.next());
            }
        }
    }

    @Test
    void twentyViewersWithFilesOfTheirOwn_costOneTranscode() throws Exception {
        OpusTracks sound = new OpusTracks();
        ExecutorService viewers = Executors.newFixedThreadPool(20);
        List<Film> films = new ArrayList<>();
        try {
            List<Future<List<Frame>>> results = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Film film = Film.open(LocalFile.open(file()), sound);
                films.add(film);
                results.add(viewers.submit(() -> all(film)));
            }
            List<Frame> first = results.get(0).get();
            assertEquals(SECONDS * PACKETS_A_SECOND, first.size(), 2);
            for (Future<List<Frame>> result : results) {
                for (int i = 0; i < first.size(); i++) {
                    assertSame(first.get(i), result.get().get(i));
                }
            }
            assertEquals(SEGMENTS, films.get(0).audio().encodedSegments(), 1);
            assertEquals(1, films.get(0).audio().encoderStarts());
        } finally {
            viewers.shutdownNow();
            for (Film film : films) {
                film.close();
            }
        }
        assertEquals(0, sound.inUse());
    }

    @Test
    void viewerWhoLeaves_doesNotStopTheOthersEncoder() throws Exception {
        OpusTracks sound = new OpusTracks();
        try (Film second = Film.open(LocalFile.open(file()), sound)) {
            try (Film first = Film.open(LocalFile.open(file()), sound)) {
                AnnexB.frames(first.audio().reader(), 100);
            }
            assertEquals(SECONDS * PACKETS_A_SECOND, all(second).size(), 2);
            assertEquals(1, second.audio().encoderStarts());
        }
    }

    @Test
    void afterARestart_nothingIsEncodedAgain() throws Exception {
        String[] settings = {"cache_dir", folder.toAbsolutePath().toString(), "cache_max_mb", "10"};
        List<Frame> before;
        try (Film film = Film.open(file(), settings)) {
            before = all(film);
        }
        try (Film film = Film.open(file(), settings)) {
            List<Frame> after = all(film);
            assertEquals(0, film.audio().encodedSegments());
            assertEquals(before.size(), after.size());
            for (int i = 0; i < after.size(); i++) {
                assertArrayEquals(
                        before.get(i).slice(0).array(), after.get(i).slice(0).array());
                assertEquals(before.get(i).presentationTimeUs(), after.get(i).presentationTimeUs());
            }
        }
    }

    @Test
    void damagedEntryOnDisk_isMadeAgain() throws Exception {
        String[] settings = {"cache_dir", folder.toAbsolutePath().toString(), "cache_max_mb", "10"};
        try (Film film = Film.open(file(), settings)) {
            all(film);
        }
        Path entry;
        try (Stream<Path> found = Files.walk(folder)) {
            entry = found.filter(path -> path.endsWith("1.opus")).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(entry);
        bytes[1000] ^= 1;
        Files.write(entry, bytes);
        try (Film film = Film.open(file(), settings)) {
            assertEquals(SECONDS * PACKETS_A_SECOND, all(film).size(), 2);
            assertEquals(OpusSegmentFile.ENTRY_SEGMENTS, film.audio().encodedSegments());
        }
    }

    @Test
    void changedFile_isEncodedAnew() throws Exception {
        String[] settings = {
            "cache_dir", folder.resolve("cache").toAbsolutePath().toString(), "cache_max_mb", "10"
        };
        Path copy = folder.resolve("film.mp4");
        Files.copy(file(), copy);
        try (Film film = Film.open(copy, settings)) {
            all(film);
        }
        Files.setLastModifiedTime(copy, java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));
        try (Film film = Film.open(copy, settings)) {
            AnnexB.frames(film.audio().reader(), 30);
            assertTrue(film.audio().encodedSegments() > 0);
        }
    }

    @Test
    void otherBitrate_isEncodedAnew() throws Exception {
        String cache = folder.toAbsolutePath().toString();
        long[] bytes = new long[2];
        String[] rates = {"32", "192"};
        for (int i = 0; i < 2; i++) {
            try (Film film = Film.open(file(), "cache_dir", cache, "cache_max_mb", "10", "opus_bitrate", rates[i])) {
                bytes[i] = all(film).stream().mapToLong(Frame::size).sum();
            }
        }
        assertTrue(bytes[1] > 3 * bytes[0], bytes[0] + " and " + bytes[1]);
    }

    @Test
    void packetsOfSixtyMilliseconds_coverTheSameFilm() throws Exception {
        try (Film film = Film.open(file(), "opus_frame_ms", "60")) {
            List<Frame> frames = all(film);
            assertEquals(SECONDS * 1000 / 60 + 1, frames.size(), 1);
            assertEquals(60_000, frames.get(1).presentationTimeUs());
        }
    }
}
