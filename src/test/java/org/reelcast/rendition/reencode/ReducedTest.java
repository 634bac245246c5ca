package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.loop.FakeNanoClock;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.mp4.read.Movie;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.cache.MemoryCache;
import org.reelcast.rendition.encoders.EncoderPool;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.opus.OpusTracks;
import org.reelcast.rendition.samples.SharedSource;
import org.reelcast.storage.LocalFile;
import org.reelcast.storage.cache.DiskCache;

/** A film that the machine cannot encode while it is shown is shown smaller, until all of it is encoded. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReducedTest {
    private static final Pattern PSNR = Pattern.compile("average:([0-9.]+|inf)");
    private static final int PICTURES = 60;
    private static final long RETRY_NS = 500_000_000;

    @TempDir
    Path folder;

    private final FakeNanoClock clock = new FakeNanoClock();
    private final ReencodedVideos tracks = new ReencodedVideos(clock, 1);
    private final ReencodedVideos two = new ReencodedVideos(clock, 2, RETRY_NS);

    /** 1.5 s with a group of pictures a second, too much for one core. */
    private static Path large() {
        return film("1920x1080", 40, 1.5, "bframes=3:b-pyramid=normal:keyint=40:scenecut=0");
    }

    private static Path film(String size, int rate, double seconds, String parameters) {
        return GeneratedMedia.make(
                "b.mp4",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=" + size + ":rate=" + rate + ":duration=" + seconds,
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-pix_fmt",
                "yuv420p",
                "-x264-params",
                parameters);
    }

    private Film open(Path file, String... more) throws IOException {
        List<String> settings =
                new ArrayList<>(List.of("cache_dir", folder.toAbsolutePath().toString(), "cache_max_mb", "100"));
        settings.addAll(List.of(more));
        return Film.open(LocalFile.open(file), new OpusTracks(), tracks, settings.toArray(String[]::new));
    }

    private static List<Frame> show(Film film) throws IOException {
        try (FrameReader reader = film.video().reader()) {
            return AnnexB.frames(reader, 1000);
        }
    }

    private static void assertAll(List<Frame> frames, int width) {
        assertEquals(PICTURES, frames.size());
        for (int i = 0; i < PICTURES; i++) {
            assertEquals(i * 25_000L, frames.get(i).presentationTimeUs());
            assertEquals(width, frames.get(i).format().width());
        }
    }

    @AfterEach
    void awaitEncoders() {
        while (tracks.encoders() + two.encoders() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void tooLarge_isShownAtHalfTheSize_andInFullWhenItIsMade() throws Exception {
        try (Film film = open(large())) {
            assertAll(show(film), 960);
            String note = film.video().note().orElseThrow();
            assertTrue(note.startsWith("Shown at 960x540: 1920x1080 at 40 pictures a second is too much"), note);
            while (film.video().encoding().orElseThrow().isBusy()) {
                Thread.onSpinWait();
            }
            long encoded = ((ReencodedRendition) film.video()).encodedPictures();
            assertAll(show(film), 1920);
            assertEquals(2 * PICTURES, encoded);
            assertEquals(encoded, ((ReencodedRendition) film.video()).encodedPictures());
            assertTrue(film.video().note().isEmpty());
        }
    }

    @Test
    void tooLarge_whereNothingIsToBeReduced_isShownWithoutBFramesFromTheStart() throws Exception {
        try (Film film = open(large(), "vod_bframes_fallback", "drop", "cache_max_mb", "0")) {
            List<Frame> frames = show(film);
            String note = film.video().note().orElseThrow();
            assertTrue(note.startsWith("B-frames are left out: 1920x1080 at 40 pictures a second"), note);
            assertTrue(frames.size() > PICTURES / 5 && frames.size() < PICTURES / 2, frames.size() + " pictures");
            assertEquals(1920, frames.get(0).format().width());
            assertEquals(0, ((ReencodedRendition) film.video()).encodedPictures());
        }
    }

    @Test
    void coresThatAreTwiceAsFast_encodeAllOfIt() throws Exception {
        tracks.measured(2);
        try (Film film = open(large())) {
            assertEquals(1920, film.video().reader().next().format().width());
            assertTrue(film.video().note().isEmpty());
        }
    }

    @Test
    void encodersThatAreBusyWithOtherFilms_makeThisOneSmaller() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        Path hd = film("1920x1080", 30, 1, "bframes=3:keyint=30");
        Path other = film("1280x720", 30, 1, "bframes=3:keyint=30");
        try (LocalFile bytes = LocalFile.open(hd);
                StallingSource source = new StallingSource(bytes, 0, stalled);
                Film first = Film.open(source, new OpusTracks(), tracks);
                Film second = open(other)) {
            Thread viewer = new Thread(() -> {
                try {
                    show(first);
                } catch (IOException e) {
                    // it ends with the test
                }
            });
            viewer.start();
            source.awaitAsked();
            List<Frame> frames = show(second);
            stalled.countDown();
            assertEquals(30, frames.size());
            assertEquals(640, frames.get(0).format().width());
            assertEquals(
                    "Shown at 640x360: other films are encoded",
                    second.video().note().orElseThrow().replaceFirst(" \\(.*", ""));
            viewer.join();
        }
    }

    @Test
    void encodersThatStall_andAreFreeAgain_makeItSmallerAndThenAllOfIt() throws Exception {
        Path file = film("640x360", 25, 16, "bframes=3:keyint=25:scenecut=0");
        CountDownLatch stalled = new CountDownLatch(1);
        try (LocalFile bytes = LocalFile.open(file);
                Film film = Film.open(
                        Encoders.stalling(clock, bytes, bytes.size() / 8, stalled, two), new OpusTracks(), two)) {
            FrameReader reader = film.video().reader();
            List<Frame> frames = new ArrayList<>();
            while (film.video().note().isEmpty()) {
                Frame frame = reader.next();
                assertTrue(frame != null, "it was encoded while its bytes did not come");
                frames.add(frame);
            }
            stalled.countDown();
            Frame frame = reader.next();
            for (; frame != null && frame.format().width() == 640; frame = reader.next()) {
                frames.add(frame);
                Encoders.settle(two);
            }
            assertTrue(frame != null, "it was never smaller");
            assertTrue(film.video().note().orElseThrow().startsWith("Shown at 320x180: "));
            clock.advance(RETRY_NS + 1);
            for (; frame != null && frame.format().width() == 320; frame = reader.next()) {
                frames.add(frame);
                Encoders.settle(two);
            }
            assertTrue(frame != null, "it stayed small");
            assertTrue(film.video().note().isEmpty());
            long fullUs = frame.presentationTimeUs();
            for (; frame != null; frame = reader.next()) {
                assertEquals(640, frame.format().width());
                frames.add(frame);
            }
            for (int i = 1; i < frames.size(); i++) {
                long timeUs = frames.get(i).presentationTimeUs();
                assertTrue(frames.get(i - 1).presentationTimeUs() < timeUs);
                assertEquals(
                        frames.get(i - 1).format().width()
                                != frames.get(i).format().width(),
                        frames.get(i).isKey() && timeUs == fullUs
                                || frames.get(i).format().width() == 320
                                        && frames.get(i - 1).format().width() == 640);
            }
            assertEquals(15_960_000, frames.get(frames.size() - 1).presentationTimeUs());
            Path stream = folder.resolve("made.h264");
            AnnexB.write(stream, frames);
            assertEquals(frames.size(), AnnexB.pictures(stream).size(), "not all pictures decode");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HALF, 1, bframes=3:b-pyramid=normal",
        "HALF, 1, bframes=3:interlaced=1",
        "HALF_AT_HALF_RATE, 2, bframes=3:b-pyramid=normal",
        "HALF_AT_HALF_RATE, 2, bframes=3:b-pyramid=none",
        "HALF_AT_HALF_RATE, 2, bframes=2:b-pyramid=none",
        "HALF_AT_QUARTER_RATE, 4, bframes=3:b-pyramid=normal",
        "HALF_AT_QUARTER_RATE, 4, bframes=5:b-pyramid=none:b-adapt=0",
    })
    void reducedPictures_areThoseOfTheFilmAtTheirTimes(ReductionStep reduction, int step, String parameters)
            throws Exception {
        Path file = film("640x360", 40, 3, parameters + ":keyint=40:scenecut=0");
        List<Frame> frames = made(file, reduction);
        assertEquals(120 / step, frames.size());
        for (int i = 0; i < frames.size(); i++) {
            assertEquals(25_000L * step * i, frames.get(i).presentationTimeUs());
            assertEquals(320, frames.get(i).format().width());
            assertEquals(180, frames.get(i).format().height());
        }
        Path stream = folder.resolve("made.h264");
        AnnexB.write(stream, frames);
        assertEquals(frames.size(), AnnexB.pictures(stream).size(), "not all pictures decode");
        String output = GeneratedMedia.run(List.of(
                "ffmpeg",
                "-hide_banner",
                "-r",
                "25",
                "-f",
                "h264",
                "-i",
                stream.toString(),
                "-i",
                file.toString(),
                "-lavfi",
                "[0:v]settb=AVTB,setpts=N[a];[1:v]select=not(mod(" + "n\\," + step
                        + ")),scale=320:180:flags=area,settb=AVTB,setpts=N[b];[a][b]psnr",
                "-f",
                "null",
                "-"));
        Matcher matcher = PSNR.matcher(output);
        assertTrue(matcher.find(), output);
        double psnr = Double.parseDouble(matcher.group(1));
        assertTrue(psnr > 34, "PSNR is " + psnr);
    }

    private List<Frame> made(Path file, ReductionStep reduction) throws IOException {
        EncoderPool pool = new EncoderPool(clock, 2);
        try (LocalFile bytes = LocalFile.open(file)) {
            Track track = Movie.read(bytes).video().orElseThrow();
            SharedSource source = new SharedSource(bytes);
            source.attach(bytes);
            ReencodedTrack film = new ReencodedTrack(
                    "film",
                    EncodingSpec.of(
                            track,
                            Format.video(Codec.H264, track.width(), track.height(), 0),
                            source,
                            reduction,
                            new ReencodingParameters(20, true, true)),
                    pool,
                    clock,
                    0,
                    new MemoryCache<>(10_000_000),
                    DiskCache.at(folder, 0),
                    startUs -> Optional.empty());
            List<Frame> frames = new ArrayList<>();
            for (Segment segment = null; segment == null || !segment.bounds().isLast(); ) {
                segment = film.segment(
                        film.spec()
                                .grid()
                                .at(segment == null ? 0 : segment.bounds().endUs()),
                        ReencodedTrack.Need.HERE);
                film.want(segment, Long.MAX_VALUE / 2);
                Frame frame = segment.await(0, clock, Long.MAX_VALUE);
                for (int next = 1; frame != null; next++) {
                    frames.add(frame);
                    frame = segment.await(next, clock, Long.MAX_VALUE);
                }
            }
            film.close();
            while (pool.encoders() > 0) {
                Thread.onSpinWait();
            }
            return frames;
        }
    }
}
