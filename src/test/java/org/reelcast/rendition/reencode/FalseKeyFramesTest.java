package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.mp4.read.Movie;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.opus.OpusTracks;
import org.reelcast.storage.LocalFile;

/** Films whose table of key frames names pictures at which nobody can start: all their pictures are there. */
class FalseKeyFramesTest {
    private static final Pattern PSNR = Pattern.compile("psnr_avg:([0-9.]+|inf)");
    private static final long PICTURE_US = 40_000;
    private static final int PICTURES = 200;

    @TempDir
    Path folder;

    private final ReencodedVideos tracks = new ReencodedVideos(NanoClock.SYSTEM, 2);

    @AfterEach
    void awaitEncoders() {
        Encoders.awaitIdle(tracks);
    }

    private static Path film(String parameters) {
        return GeneratedMedia.make(
                "false-keys.mp4",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x240:rate=25:duration=8",
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "libx264",
                "-bf",
                "3",
                "-x264-params",
                parameters);
    }

    /** A band of intra blocks wanders over the picture; where it begins is called a key frame (a recovery point). */
    private static Path refreshed() {
        return film("intra-refresh=1:keyint=45:b-adapt=0");
    }

    /** The film with other sample numbers in its table of key frames; the first stays. */
    private Path renamed(Path film, IntUnaryOperator number) throws IOException {
        byte[] bytes = Files.readAllBytes(film);
        // ISO 14496-12 section 8.6.2.2: version and flags, number of entries, sample numbers from 1 on
        int table = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("stss");
        ByteBuffer box = ByteBuffer.wrap(bytes);
        int entries = box.getInt(table + 8);
        assertTrue(entries > 3, entries + " key frames");
        for (int i = 1; i < entries; i++) {
            int at = table + 12 + i * 4;
            box.putInt(at, number.applyAsInt(box.getInt(at)));
        }
        return Files.write(folder.resolve("renamed.mp4"), bytes);
    }

    private List<Frame> seen(Path file, long... seeksUs) throws Exception {
        TreeMap<Long, Frame> frames = new TreeMap<>();
        try (Film film = Film.open(LocalFile.open(file), new OpusTracks(), tracks);
                FrameReader reader = film.video().reader()) {
            for (long seekUs : seeksUs) {
                reader.seek(seekUs);
                List<Frame> some = AnnexB.frames(reader, 1000);
                assertTrue(
                        some.get(0).presentationTimeUs() <= seekUs,
                        "a seek to " + seekUs + " begins at " + some.get(0).presentationTimeUs());
                assertTrue(some.get(0).isKey());
                assertEquals(
                        times(some.get(0).presentationTimeUs()),
                        some.stream().map(Frame::presentationTimeUs).toList(),
                        "after a seek to " + seekUs);
                some.forEach(frame -> frames.put(frame.presentationTimeUs(), frame));
            }
            assertTrue(film.video().note().isEmpty(), film.video().note().toString());
            assertEquals(PICTURES, ((ReencodedRendition) film.video()).encodedPictures(), "each is encoded once");
        }
        return new ArrayList<>(frames.values());
    }

    private static List<Long> times(long fromUs) {
        return LongStream.range(fromUs / PICTURE_US, PICTURES)
                .map(i -> i * PICTURE_US)
                .boxed()
                .toList();
    }

    /** All pictures are there, the worst of them nearly as it was. */
    private void assertWhole(List<Frame> frames, Path film) throws IOException {
        assertEquals(times(0), frames.stream().map(Frame::presentationTimeUs).toList());
        Path stream = folder.resolve("made.h264");
        AnnexB.write(stream, frames);
        assertEquals(PICTURES, AnnexB.pictures(stream).size());
        Path figures = folder.resolve("psnr.txt");
        GeneratedMedia.run(List.of(
                "ffmpeg",
                "-hide_banner",
                "-r",
                "25",
                "-f",
                "h264",
                "-i",
                stream.toString(),
                "-i",
                film.toString(),
                "-lavfi",
                "[0:v]settb=AVTB,setpts=N[a];[1:v]settb=AVTB,setpts=N[b];[a][b]psnr=stats_file=" + figures,
                "-f",
                "null",
                "-"));
        List<String> lines = Files.readAllLines(figures);
        assertEquals(PICTURES, lines.size());
        for (String line : lines) {
            Matcher matcher = PSNR.matcher(line);
            assertTrue(matcher.find() && Double.parseDouble(matcher.group(1).replace("inf", "99")) > 33, line);
        }
    }

    @Test
    void refreshedFilm_madeFromTheMiddle_hasAllPictures() throws Exception {
        assertWhole(seen(refreshed(), 2_700_000, 0), refreshed());
    }

    @Test
    void refreshedFilm_madeBackwards_hasAllPictures() throws Exception {
        assertWhole(seen(refreshed(), 7_900_000, 6_000_000, 5_000_000, 3_500_000, 1_900_000, 0), refreshed());
    }

    @Test
    void tableThatNamesPPictures_hasAllPictures() throws Exception {
        Path honest = film("keyint=25:min-keyint=25:scenecut=0:b-adapt=0");
        Path film = renamed(honest, number -> number + 12);
        assertWhole(seen(film, 7_900_000, 4_200_000, 0), honest);
    }

    /** Nothing but the film's start is a key frame, and what lies between can be started at is not named. */
    @Test
    void tableThatNamesPPicturesOfOpenGroups_hasAllPictures() throws Exception {
        Path honest = film("open-gop=1:keyint=40:scenecut=0:b-adapt=0");
        Path film = renamed(honest, number -> number + 9);
        assertWhole(seen(film, 7_900_000, 4_200_000, 0), honest);
    }

    /** A minute of a film is damaged: who seeks elsewhere is not to wait until a minute more is decoded. */
    @Test
    void startFarBeforeADamagedPlace_isNotWhereOthersStart() throws Exception {
        Path film = GeneratedMedia.make(
                "long.mp4",
                "-f",
                "lavfi",
                "-i",
                "color=size=64x64:rate=25:duration=120",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-bf",
                "3",
                "-g",
                "50");
        try (LocalFile source = LocalFile.open(film)) {
            SegmentGrid grid = new SegmentGrid(Movie.read(source).video().orElseThrow(), source);
            SegmentGrid.Bounds segment = grid.at(90_000_000);
            grid.entered(segment, 500);
            assertEquals(segment.sample(), grid.entry(segment));
            grid.entered(segment, segment.sample() - 100);
            assertEquals(segment.sample() - 100, grid.entry(segment));
        }
    }

    /** The film whose recovery points are told of no more: messages of type 6 are of one that is not in use. */
    private Path untold(Path film) throws IOException {
        byte[] bytes = Files.readAllBytes(film);
        int told = 0;
        for (int i = 0; i + 6 < bytes.length; i++) {
            // the NAL unit's length, below 16, then its type, then the message's (ISO 14496-10 section 7.3.2.3.1)
            if (bytes[i] == 0
                    && bytes[i + 1] == 0
                    && bytes[i + 2] == 0
                    && bytes[i + 3] < 16
                    && bytes[i + 3] > 3
                    && bytes[i + 4] == 6
                    && bytes[i + 5] == 6
                    && bytes[i + 6] < 4) {
                bytes[i + 5] = 0x7f;
                told++;
            }
        }
        assertTrue(told > 3, told + " recovery points");
        return Files.write(folder.resolve("untold.mp4"), bytes);
    }

    @Test
    void refreshedFilm_thatDoesNotTell_hasAllPictures() throws Exception {
        assertWhole(seen(untold(refreshed()), 7_900_000, 4_200_000, 0), refreshed());
    }

    @Test
    void openGroups_thatDoNotTell_haveAllPictures() throws Exception {
        Path honest = film("open-gop=1:keyint=40:scenecut=0:b-adapt=0");
        assertWhole(seen(untold(honest), 7_900_000, 4_200_000, 0), honest);
    }
}
