package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.mp4.read.Movie;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.h264.PassThrough;
import org.reelcast.rendition.opus.OpusTracks;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.LocalFile;
import org.reelcast.storage.SourceId;

/** Films of which an edit list shows a part, or that stand still: what is not shown is neither read nor encoded. */
class EditsTest {
    private static final long PICTURE_US = 40_000;

    @TempDir
    Path folder;

    private final ReencodedVideos tracks = new ReencodedVideos(NanoClock.SYSTEM, 2);

    @AfterEach
    void awaitEncoders() {
        Encoders.awaitIdle(tracks);
    }

    private static Path film(int bFrames, String... more) {
        return GeneratedMedia.make(
                "edited.mp4",
                Stream.concat(
                                Stream.of(
                                        "-f",
                                        "lavfi",
                                        "-i",
                                        "testsrc2=size=320x240:rate=25:duration=20",
                                        "-pix_fmt",
                                        "yuv420p",
                                        "-c:v",
                                        "libx264",
                                        "-x264-params",
                                        "keyint=38:scenecut=0:b-adapt=0",
                                        "-bf",
                                        "" + bFrames),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    /** The film with other numbers in its edit list of as many edits: duration in ms, media time; of each. */
    private Path edited(Path film, int... edits) throws IOException {
        byte[] bytes = Files.readAllBytes(film);
        int list = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("elst");
        ByteBuffer box = ByteBuffer.wrap(bytes);
        assertEquals(edits.length / 2, box.getInt(list + 8));
        for (int i = 0; i < edits.length; i++) {
            // 8 bytes of each entry, then its rate (ISO 14496-12 section 8.6.6.2)
            box.putInt(list + 12 + i / 2 * 12 + i % 2 * 4, edits[i]);
        }
        return Files.write(folder.resolve("edited.mp4"), bytes);
    }

    private static List<Long> times(List<Frame> frames) {
        return frames.stream().map(Frame::presentationTimeUs).toList();
    }

    private static List<Long> pictures(int count) {
        return LongStream.range(0, count).map(i -> i * PICTURE_US).boxed().toList();
    }

    /** As a phone leaves a film whose end was cut away: all of it is there, and the edit list shows the first part. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void endThatIsCutAway_isNeitherReadNorEncoded(int bFrames) throws Exception {
        int delay = bFrames == 0 ? 0 : 1024;
        Path file = edited(film(bFrames), 5_000, delay);
        Farthest source = new Farthest(LocalFile.open(file));
        try (Film film = Film.open(source, new OpusTracks(), tracks);
                FrameReader reader = film.video().reader()) {
            // the index is behind the data
            source.farthest = 0;
            List<Frame> frames = AnnexB.frames(reader, 1000);

            assertEquals(pictures(125), times(frames));
            assertTrue(source.farthest < source.size() / 2, source.farthest + " of " + source.size() + " bytes read");
            if (film.video() instanceof ReencodedRendition made) {
                assertEquals(125, made.encodedPictures());
            }
        }
    }

    /** The second edit starts between two key frames: what leads there is decoded and not shown. */
    @Test
    void secondEdit_startsASegment() throws Exception {
        Path delayed = GeneratedMedia.make("two-edits.mp4", "-itsoffset", "1", "-i", film(3).toString(), "-c", "copy");
        Path file = edited(delayed, 2_000, 1024, 3_000, 1024 + 90 * 512);
        try (Film film = Film.open(file);
                FrameReader reader = film.video().reader()) {
            List<Frame> frames = AnnexB.frames(reader, 1000);
            assertEquals(pictures(125), times(frames));
            assertTrue(frames.get(50).isKey());
        }
        try (Film film = Film.open(file);
                FrameReader reader = film.video().reader()) {
            reader.seek(2_100_000);
            assertEquals(2_000_000, reader.next().presentationTimeUs());
        }
    }

    /** Keys that are not shown lie before the key with which the second edit starts, in the same second of the film. */
    @Test
    void secondEditThatStartsWithAKeyFrame_isShown() throws Exception {
        Path delayed = GeneratedMedia.make("two-edits.mp4", "-itsoffset", "1", "-i", film(3).toString(), "-c", "copy");
        Path file = edited(delayed, 48 * 40, 1024, 3_000, 1024 + 114 * 512);
        try (Film film = Film.open(file);
                FrameReader reader = film.video().reader()) {
            assertEquals(pictures(48 + 75), times(AnnexB.frames(reader, 1000)));
        }
    }

    /** Of a picture that an edit shows the end of, that end is shown: time never goes back to the picture's start. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void secondEditThatStartsWithinAPicture_goesOnWithIt(int bFrames) throws Exception {
        int delay = bFrames == 0 ? 0 : 1024;
        Path delayed = GeneratedMedia.make(
                "two-edits.mp4", "-itsoffset", "1", "-i", film(bFrames).toString(), "-c", "copy");
        // edits of 25 and a half picture, and from the middle of picture 90 on
        Path file = edited(delayed, 1_020, delay, 3_000, delay + 90 * 512 + 256);
        try (Film film = Film.open(file);
                FrameReader reader = film.video().reader()) {
            List<Long> times = times(AnnexB.frames(reader, 1000));
            assertEquals(times.stream().sorted().distinct().toList(), times);
            List<Long> joint = List.of(1_000_000L, 1_020_000L, 1_040_000L, 1_080_000L);
            assertTrue(times.containsAll(joint), times.toString());
        }
    }

    /** The film without B-frames, pictures 0 to {@code end - 1} of it and then those from {@code start} on. */
    private Path twoEdits(int end, int start) throws IOException {
        Path delayed = GeneratedMedia.make("two-edits.mp4", "-itsoffset", "1", "-i", film(0).toString(), "-c", "copy");
        return edited(delayed, end * 40, 0, 3_000, start * 512);
    }

    /** What leads to the second edit in its group of pictures goes out right before it, and nothing else does. */
    @ParameterizedTest
    @CsvSource({"50,90,76", "25,30,25", "25,76,76", "40,190,190", "40,191,190", "40,227,190"})
    void secondEditWithoutBFrames_isWhatTheFilmShows(int end, int start, int first) throws Exception {
        try (Film film = Film.open(twoEdits(end, start));
                FrameReader reader = film.video().reader()) {
            assertInstanceOf(PassThrough.class, film.video());
            List<Frame> frames = AnnexB.frames(reader, 1000);
            int hidden = start - first;
            List<Long> times = times(frames);
            assertEquals(pictures(end), times.subList(0, end));
            assertEquals(pictures(end + 75).subList(end, end + 75), times.subList(end + hidden, times.size()));
            assertEquals(times.stream().sorted().distinct().toList(), times);

            Path stream = folder.resolve("out.h264");
            AnnexB.write(stream, frames);
            List<String> whole = AnnexB.picturesOf(film(0));
            List<String> shown = new ArrayList<>(whole.subList(0, end));
            shown.addAll(whole.subList(first, start + 75));
            assertEquals(shown, AnnexB.pictures(stream));

            reader.seek(end * PICTURE_US + 10_000);
            Frame begin = reader.next();
            assertTrue(begin.isKey());
            assertEquals(first == 25 ? 0 : end * PICTURE_US - hidden * 1000, begin.presentationTimeUs());
        }
    }

    /** Pictures hidden at the film's start, too, go out from the last key frame on, each time that it begins. */
    @Test
    void startBetweenKeyFrames_hasItsGroupInFront() throws Exception {
        Path delayed = GeneratedMedia.make("two-edits.mp4", "-itsoffset", "1", "-i", film(0).toString(), "-c", "copy");
        // a pause first, and nothing hidden is shown in it
        for (int pauseMs : new int[] {0, 1000}) {
            try (Film film = Film.open(edited(delayed, pauseMs, -1, 3_000, 200 * 512));
                    FrameReader reader = film.video().reader()) {
                for (int pass = 0; pass < 2; pass++) {
                    List<Frame> frames = AnnexB.frames(reader, 1000);
                    assertEquals(85, frames.size());
                    assertTrue(frames.get(0).isKey());
                    assertEquals(pauseMs * 1000L - 10_000, frames.get(0).presentationTimeUs());
                    assertEquals(pauseMs * 1000L, frames.get(10).presentationTimeUs());
                    reader.seek(0);
                }
            }
        }
    }

    /** So many pictures at once would hold the film up: the picture is broken, the film goes on. */
    @Test
    void tooManyPicturesBeforeTheSecondEdit_areLeftOut() throws Exception {
        Path one = GeneratedMedia.make(
                "one-key.mp4",
                "-f",
                "lavfi",
                "-i",
                "color=size=160x120:rate=25:duration=50",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-bf",
                "0",
                "-x264-params",
                "keyint=2000:scenecut=0");
        Path delayed = GeneratedMedia.make("one-key-edits.mp4", "-itsoffset", "1", "-i", one.toString(), "-c", "copy");
        try (Film film = Film.open(edited(delayed, 1_000, 0, 3_000, 1100 * 512));
                FrameReader reader = film.video().reader()) {
            assertEquals(pictures(100), times(AnnexB.frames(reader, 2000)));
        }
    }

    @Test
    void pictureThatStandsForAnHour_isOneSegment() throws Exception {
        Path file = GeneratedMedia.make(
                "still.mp4",
                "-i",
                film(3).toString(),
                "-vf",
                "setpts=PTS+gte(N\\,100)*3600.6/TB",
                "-fps_mode",
                "passthrough",
                "-c:v",
                "libx264",
                "-bf",
                "3",
                "-x264-params",
                "keyint=250:scenecut=0:b-adapt=0");
        Path cache = folder.resolve("cache");
        try (Film film = Film.open(
                        LocalFile.open(file),
                        new OpusTracks(),
                        tracks,
                        "cache_max_mb",
                        "100",
                        "cache_dir",
                        cache.toString());
                FrameReader reader = film.video().reader()) {
            List<Frame> frames = AnnexB.frames(reader, 1000);
            assertEquals(500, frames.size());
            assertEquals(3_604_600_000L, frames.get(100).presentationTimeUs());
            assertEquals(500, ((ReencodedRendition) film.video()).encodedPictures());
        }
        try (Stream<Path> segments = Files.walk(cache).filter(Files::isRegularFile)) {
            assertTrue(segments.count() <= 12);
        }
    }

    /** Nothing comes after it that would end its segment. */
    @Test
    void lastPictureThatStandsForAnHour_isOneSegment() throws Exception {
        Path file = GeneratedMedia.make(
                "last-still.mp4",
                "-i",
                film(3).toString(),
                "-c",
                "copy",
                "-bsf:v",
                "setts=duration=if(eq(N\\,499)\\,DURATION*90000\\,DURATION)");
        try (LocalFile source = LocalFile.open(file)) {
            Track track = Movie.read(source).video().orElseThrow();
            assertTrue(track.durationUs() > 3_600_000_000L);
            SegmentGrid grid = new SegmentGrid(track, source);
            assertTrue(grid.at(19_960_000).isLast());
            assertEquals(grid.at(19_960_000), grid.at(3_000_000_000L));
        }
    }

    /** Slides: where a segment starts does not depend on whether the one that stands still is seen from there. */
    @ParameterizedTest
    @ValueSource(ints = {13, 16})
    void slidesBeforeOneThatStandsStill_areAllThere(int before) throws Exception {
        Path file = GeneratedMedia.make(
                "slides.mp4",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x240:rate=25:duration=1",
                "-vf",
                "setpts=(N*0.6+0.001+gte(N\\," + before + ")*60)/TB",
                "-fps_mode",
                "passthrough",
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "libx264",
                "-bf",
                "1",
                "-x264-params",
                "keyint=250:scenecut=0:b-adapt=0");
        try (Film film = Film.open(file);
                FrameReader reader = film.video().reader()) {
            assertEquals(
                    LongStream.range(0, 25)
                            .map(i -> i * 600_000 + i / before * 60_000_000)
                            .boxed()
                            .toList(),
                    times(AnnexB.frames(reader, 100)));
        }
    }

    /** Remembers how far a source was read. */
    private static final class Farthest implements ByteSource {
        private final ByteSource source;
        private volatile long farthest;

        Farthest(ByteSource source) {
            this.source = source;
        }

        @Override
        public SourceId id() {
            return source.id();
        }

        @Override
        public long size() {
            return source.size();
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            int read = source.read(position, target, offset, length);
            farthest = Math.max(farthest, position + read);
            return read;
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
