package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reelcast.bitstream.h264.SliceHeader;
import org.reelcast.bitstream.h264.Sps;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.Slice;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.h264.PassThroughTest;
import org.reelcast.rendition.opus.OpusTracks;
import org.reelcast.storage.LocalFile;

/** A film with B-frames comes out with all its pictures, at their times, and without B-frames. */
class ReencodeTest {
    private static final Pattern PSNR = Pattern.compile("average:([0-9.]+|inf)");

    @TempDir
    Path folder;

    static Path film(String... encoding) {
        return GeneratedMedia.make(
                "b.mp4",
                Stream.concat(
                                Stream.of(
                                        "-f",
                                        "lavfi",
                                        "-i",
                                        "testsrc2=size=320x240:rate=25:duration=6",
                                        "-c:v",
                                        "libx264"),
                                Stream.of(encoding))
                        .toArray(String[]::new));
    }

    private static Path pyramid() {
        return film("-pix_fmt", "yuv420p", "-bf", "3", "-x264-params", "b-pyramid=normal:keyint=75:scenecut=0");
    }

    static Stream<Arguments> films() {
        return Stream.of(
                Arguments.of("pyramid", pyramid()),
                Arguments.of("one group of pictures", film("-pix_fmt", "yuv420p", "-bf", "2", "-g", "1000")),
                Arguments.of(
                        "open groups",
                        film("-pix_fmt", "yuv420p", "-bf", "3", "-x264-params", "open-gop=1:keyint=50:bframes=3")),
                Arguments.of(
                        "key frames only and B",
                        film("-pix_fmt", "yuv420p", "-bf", "2", "-g", "4", "-keyint_min", "4")),
                Arguments.of("10 bits", film("-pix_fmt", "yuv420p10le", "-bf", "2", "-g", "50")),
                Arguments.of("4:4:4", film("-pix_fmt", "yuv444p", "-bf", "2", "-g", "50")),
                Arguments.of("interlaced", film("-pix_fmt", "yuv420p", "-bf", "2", "-flags", "+ildct+ilme")),
                Arguments.of("many slices", film("-pix_fmt", "yuv420p", "-bf", "2", "-x264-params", "slices=4")),
                Arguments.of(
                        "variable rate",
                        film(
                                "-pix_fmt",
                                "yuv420p",
                                "-bf",
                                "2",
                                "-vf",
                                "select='not(eq(mod(n\\,7)\\,3))'",
                                "-fps_mode",
                                "vfr")));
    }

    private static List<Long> times(SampleTable samples) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < samples.count(); i++) {
            times.add(samples.presentationTimeUs(i));
        }
        times.sort(null);
        return times;
    }

    /** Decoders that go by the parameter sets must not wait for pictures to put in order. */
    private static void assertNoReordering(Frame key) {
        Slice unit = key.slice(0);
        Sps sps = Sps.parse(unit.array(), unit.offset(), unit.length());
        assertEquals(0, sps.reorderFrames(), sps.toString());
        assertEquals(sps.profileLevelId(), key.format().profileLevelId());
    }

    static void assertWithoutB(List<Frame> frames) {
        for (Frame frame : frames) {
            for (int i = 0; i < frame.slices(); i++) {
                assertFalse(SliceHeader.isB(
                        frame.slice(i).array(),
                        frame.slice(i).offset(),
                        frame.slice(i).length()));
            }
            assertEquals(frame.decodeTimeUs(), frame.presentationTimeUs());
            List<Integer> types = AnnexB.types(frame);
            assertEquals(types.contains(5), frame.isKey());
            assertEquals(frame.isKey(), types.contains(7) && types.contains(8), "parameter sets in " + types);
        }
    }

    private double psnr(List<Frame> frames, Path film, int rate) throws IOException {
        Path stream = folder.resolve("made.h264");
        AnnexB.write(stream, frames);
        assertEquals(frames.size(), AnnexB.pictures(stream).size(), "not all pictures decode");
        String output = GeneratedMedia.run(List.of(
                "ffmpeg",
                "-hide_banner",
                "-r",
                "" + rate,
                "-f",
                "h264",
                "-i",
                stream.toString(),
                "-i",
                film.toString(),
                "-lavfi",
                "[0:v]settb=AVTB,setpts=N[a];[1:v]settb=AVTB,setpts=N,format=yuv420p[b];[a][b]psnr",
                "-f",
                "null",
                "-"));
        Matcher matcher = PSNR.matcher(output);
        assertTrue(matcher.find(), output);
        return Double.parseDouble(matcher.group(1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("films")
    void everyPicture_comesAtItsTimeAndNearlyAsItWas(String name, Path file) throws Exception {
        try (Film film = Film.open(file, "deinterlace", "off");
                FrameReader reader = film.video().reader()) {
            assertTrue(film.video() instanceof ReencodedRendition);
            List<Frame> frames = AnnexB.frames(reader, Integer.MAX_VALUE);

            assertEquals(
                    times(film.movie().video().orElseThrow().samples()),
                    frames.stream().map(Frame::presentationTimeUs).toList());
            assertWithoutB(frames);
            assertTrue(frames.get(0).isKey());
            assertNoReordering(frames.get(0));
            double psnr = psnr(frames, file, 25);
            assertTrue(psnr > 36, psnr + " dB");
            assertEquals(frames.size(), ((ReencodedRendition) film.video()).encodedPictures(), "none is encoded twice");
        }
    }

    @Test
    void keyFrames_areWhereTheFileHasThem() throws Exception {
        try (Film film = Film.open(pyramid());
                FrameReader reader = film.video().reader()) {
            List<Long> keys = AnnexB.frames(reader, 1000).stream()
                    .filter(Frame::isKey)
                    .map(Frame::presentationTimeUs)
                    .toList();
            assertTrue(keys.containsAll(List.of(0L, 3_000_000L)), keys.toString());
        }
    }

    /** The encoder takes none such: 4:2:0 has half as many samples of colour. */
    @Test
    void sizeThatIsOdd_losesARowAndAColumn() throws Exception {
        Path odd = film("-vf", "format=yuv444p,crop=319:239:exact=1", "-bf", "3");
        try (Film film = Film.open(odd);
                FrameReader reader = film.video().reader()) {
            assertEquals(318, film.video().format().width());
            List<Frame> frames = AnnexB.frames(reader, 1000);
            assertEquals(150, frames.size());
            assertEquals(318, frames.get(149).format().width());
            assertEquals(238, frames.get(149).format().height());
            assertWithoutB(frames);
        }
    }

    @Test
    void sizeThatChangesMidway_isFollowed() throws Exception {
        try (Film film = Film.open(PassThroughTest.twoSizes("2"));
                FrameReader reader = film.video().reader()) {
            List<Frame> frames = AnnexB.frames(reader, 1000);
            // the file has no composition offsets, and an edit list that cuts away the first two pictures
            assertEquals(98, frames.size());
            for (int i = 0; i < 98; i++) {
                assertEquals(i * 40_000L, frames.get(i).presentationTimeUs());
                assertEquals(i < 48 ? 320 : 480, frames.get(i).format().width(), "picture " + i);
            }
            assertTrue(frames.get(48).isKey());
            assertWithoutB(frames);
            Path stream = folder.resolve("made.h264");
            AnnexB.write(stream, frames);
            assertEquals(98, AnnexB.pictures(stream).size());
        }
    }

    @Test
    void seek_makesOnlyWhatIsWantedAndTheRestLater() throws Exception {
        try (Film film = Film.open(film("-pix_fmt", "yuv420p", "-bf", "2", "-g", "1000"));
                FrameReader reader = film.video().reader()) {
            reader.seek(4_500_000);
            List<Frame> late = AnnexB.frames(reader, 1000);
            assertEquals(4_000_000, late.get(0).presentationTimeUs());
            assertTrue(late.get(0).isKey());
            assertEquals(50, late.size());
            reader.seek(0);
            List<Frame> whole = AnnexB.frames(reader, 1000);
            assertEquals(150, whole.size());
            assertEquals(150, ((ReencodedRendition) film.video()).encodedPictures());
            assertTrue(psnr(whole, film("-pix_fmt", "yuv420p", "-bf", "2", "-g", "1000"), 25) > 36);
        }
    }

    @Test
    void manyViewers_costOneEncoding() throws Exception {
        ReencodedVideos pictures = new ReencodedVideos(NanoClock.SYSTEM, 2);
        ExecutorService viewers = Executors.newFixedThreadPool(8);
        List<Film> films = new ArrayList<>();
        try {
            List<Future<List<Frame>>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Film film = Film.open(LocalFile.open(pyramid()), new OpusTracks(), pictures);
                films.add(film);
                all.add(viewers.submit(() -> AnnexB.frames(film.video().reader(), 1000)));
            }
            for (Future<List<Frame>> frames : all) {
                assertEquals(150, frames.get().size());
            }
            assertEquals(150, ((ReencodedRendition) films.get(0).video()).encodedPictures());
        } finally {
            viewers.shutdownNow();
            for (Film film : films) {
                film.close();
            }
        }
        assertEquals(0, pictures.inUse());
    }

    /** One film's storage stands still: with one core the other one plays all the same. */
    @Test
    void filmWhoseStorageStandsStill_doesNotHoldUpAnother() throws Exception {
        ReencodedVideos pictures = new ReencodedVideos(NanoClock.SYSTEM, 1);
        CountDownLatch stalled = new CountDownLatch(1);
        try (LocalFile bytes = LocalFile.open(pyramid());
                Film still = Film.open(new StallingSource(bytes, 0, stalled), new OpusTracks(), pictures);
                Film other = Film.open(
                        LocalFile.open(film("-pix_fmt", "yuv420p", "-bf", "2", "-g", "1000")),
                        new OpusTracks(),
                        pictures)) {
            Thread viewer = new Thread(() -> {
                try {
                    AnnexB.frames(still.video().reader(), 1);
                } catch (IOException e) {
                    // it ends with the test
                }
            });
            viewer.start();
            while (pictures.encoders() == 0) {
                Thread.onSpinWait();
            }
            assertEquals(150, AnnexB.frames(other.video().reader(), 1000).size());
            assertEquals(150, ((ReencodedRendition) other.video()).encodedPictures());
            stalled.countDown();
            viewer.join();
        }
    }

    @Test
    void firstOfTwoLeavesMidway_secondGetsAll() throws Exception {
        ReencodedVideos pictures = new ReencodedVideos(NanoClock.SYSTEM, 1);
        try (Film second = Film.open(LocalFile.open(pyramid()), new OpusTracks(), pictures)) {
            try (Film first = Film.open(LocalFile.open(pyramid()), new OpusTracks(), pictures)) {
                AnnexB.frames(first.video().reader(), 20);
            }
            assertEquals(150, AnnexB.frames(second.video().reader(), 1000).size());
        }
    }

    @Test
    void afterARestart_nothingIsEncodedAgainUntilTheFileChanges() throws Exception {
        String[] settings = {
            "cache_dir", folder.resolve("cache").toAbsolutePath().toString(), "cache_max_mb", "50"
        };
        Path copy = folder.resolve("film.mp4");
        Files.copy(pyramid(), copy);
        List<Frame> before;
        ReencodedVideos pictures = new ReencodedVideos(NanoClock.SYSTEM, 2);
        try (Film film = Film.open(LocalFile.open(copy), new OpusTracks(), pictures, settings)) {
            before = AnnexB.frames(film.video().reader(), 1000);
        }
        // the last segment goes to disk when readers have it already
        Encoders.awaitIdle(pictures);
        try (Film film = Film.open(copy, settings)) {
            List<Frame> after = AnnexB.frames(film.video().reader(), 1000);
            assertEquals(0, ((ReencodedRendition) film.video()).encodedPictures());
            assertEquals(150, after.size());
            Path stream = folder.resolve("before.h264");
            AnnexB.write(stream, before);
            Path again = folder.resolve("after.h264");
            AnnexB.write(again, after);
            assertEquals(-1, Files.mismatch(stream, again));
        }
        Files.setLastModifiedTime(copy, java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));
        try (Film film = Film.open(LocalFile.open(copy), new OpusTracks(), pictures, settings)) {
            AnnexB.frames(film.video().reader(), 10);
            assertTrue(((ReencodedRendition) film.video()).encodedPictures() >= 10);
        }
        Encoders.awaitIdle(pictures);
    }
}
