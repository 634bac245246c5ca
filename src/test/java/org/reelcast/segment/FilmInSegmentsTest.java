package org.reelcast.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.H264Format;
import org.reelcast.media.SeekableTrack;
import org.reelcast.mp4.write.MediaSegmentWriter;
import org.reelcast.mp4.write.Probe;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.film.OriginalFilms;

/** Real films in segments of fragmented MP4: what is written is what our reader and ffmpeg read. */
class FilmInSegmentsTest {
    private static final long LATER_US = LoopedSegments.OFFSET_US;
    private static final SegmentLengths A_SECOND = SegmentLengths.of(1_000_000);

    @TempDir
    Path folder;

    /** A film open for a test, cut at each second's key frame. */
    private record Cut(Optional<SeekableTrack> video, Optional<SeekableTrack> audio, SegmentPlan plan) {

        static Cut of(Film film) throws IOException {
            Optional<SeekableTrack> video =
                    film.renditions().originals().video().flatMap(track -> track.seekable());
            Optional<SeekableTrack> audio =
                    film.renditions().originals().audio().flatMap(track -> track.seekable());
            // how long a film in fragments is, is known when its index has been read
            frames(video);
            long durationUs = Math.max(
                    video.map(SeekableTrack::durationUs).orElse(0L),
                    audio.map(SeekableTrack::durationUs).orElse(0L));
            return new Cut(video, audio, SegmentPlan.of(video, audio, durationUs, A_SECOND));
        }

        MediaSegmentWriter writer() {
            return new MediaSegmentWriter(
                    video.map(track -> (H264Format) track.format()), audio.map(track -> (AacFormat) track.format()));
        }

        FilmSegments segments() {
            return new FilmSegments(video, audio, plan);
        }
    }

    static Stream<Arguments> films() {
        return Stream.of(
                Arguments.of("plain", OriginalFilms.film()),
                Arguments.of("b-frames", OriginalFilms.withBFrames()),
                Arguments.of(
                        "open groups",
                        OriginalFilms.withBFrames("-x264-params", "open-gop=1:b-pyramid=normal:b-adapt=0:scenecut=0")),
                Arguments.of("negative offsets", OriginalFilms.withBFrames("-movflags", "negative_cts_offsets")),
                Arguments.of("no edit list", OriginalFilms.withBFrames("-use_editlist", "0")),
                Arguments.of("slices", OriginalFilms.film("-x264-params", "slices=4:scenecut=0")),
                Arguments.of("cut in", OriginalFilms.cutIn(OriginalFilms.withBFrames())),
                Arguments.of("fragments", OriginalFilms.inFragments(OriginalFilms.film())),
                Arguments.of("lengths in two bytes", OriginalFilms.shortLengths()),
                Arguments.of("44.1 kHz mono", OriginalFilms.withBFrames("-ac", "1", "-ar", "44100")),
                Arguments.of("23.976", OriginalFilms.withBFrames("-r", "24000/1001")),
                Arguments.of("picture alone", OriginalFilms.withBFrames("-an")),
                Arguments.of("sound alone", OriginalFilms.film("-vn")));
    }

    private static List<Frame> frames(Optional<SeekableTrack> track) throws IOException {
        if (track.isEmpty()) {
            return List.of();
        }
        try (FrameReader reader = track.get().reader()) {
            return AnnexB.frames(reader, Integer.MAX_VALUE);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("films")
    void film_isWhatWasCut(String name, Path file) throws Exception {
        Path written = folder.resolve("segments.mp4");
        boolean hasPicture;
        double first;
        try (Film film = Film.open(file)) {
            Cut cut = Cut.of(film);
            assertTrue(cut.plan().count() >= 3, "segments " + cut.plan().count());
            MediaSegmentWriter writer = cut.writer();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(writer.initialization());
            List<Frame> video = new ArrayList<>();
            List<Frame> audio = new ArrayList<>();
            for (int i = 0; i < cut.plan().count(); i++) {
                SegmentFrames frames = cut.segments().read(i).shifted(LATER_US);
                assertTrue(frames.video().isEmpty() || frames.video().get(0).isKey(), "segment " + i);
                video.addAll(frames.video());
                audio.addAll(frames.audio());
                all.writeBytes(writer.fragment(
                        i + 1, frames.video(), frames.videoEndUs(), frames.audio(), frames.audioEndUs()));
            }
            assertSame(
                    frames(cut.video()).stream()
                            .map(frame -> frame.decodedEarlier(cut.plan().advanceUs()))
                            .toList(),
                    video,
                    LATER_US,
                    0);
            assertTrue(video.stream().allMatch(frame -> frame.presentationTimeUs() >= frame.decodeTimeUs()));
            assertSame(frames(cut.audio()), audio, LATER_US, 0);
            hasPicture = !video.isEmpty();
            first = (hasPicture ? video : audio).get(0).presentationTimeUs() / 1e6;
            Files.write(written, all.toByteArray());
            try (Film again = Film.open(written)) {
                assertFilm(video, audio, Cut.of(again));
            }
        }
        Probe.decodesCleanly(written);
        assertEquals(
                first, Probe.packets(written, hasPicture ? "v:0" : "a:0").get(0).seconds(), 0.0001);
    }

    /** Our reader lets a film in fragments begin with its first frame. */
    private static void assertFilm(List<Frame> video, List<Frame> audio, Cut read) throws IOException {
        List<Frame> pictures = frames(read.video());
        List<Frame> sound = frames(read.audio());
        long laterUs = video.isEmpty()
                ? sound.get(0).decodeTimeUs() - audio.get(0).decodeTimeUs()
                : pictures.get(0).decodeTimeUs() - video.get(0).decodeTimeUs();
        assertSame(video, pictures, laterUs, 60);
        assertSame(audio, sound, laterUs, 60);
    }

    private static void assertSame(List<Frame> expected, List<Frame> actual, long laterUs, long toleranceUs) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            Frame one = expected.get(i);
            Frame other = actual.get(i);
            assertEquals(one.decodeTimeUs() + laterUs, other.decodeTimeUs(), toleranceUs, "decoded, frame " + i);
            assertEquals(one.presentationTimeUs() + laterUs, other.presentationTimeUs(), toleranceUs, "frame " + i);
            assertEquals(one.isKey(), other.isKey(), "frame " + i);
            assertArrayEquals(OriginalFilms.sample(one, 4), OriginalFilms.sample(other, 4), "frame " + i);
        }
    }

    /** Complaint 25: a segment has its place in the film whichever is asked for first. */
    @Test
    void segmentReadFirst_isTheSame() throws Exception {
        try (Film film = Film.open(OriginalFilms.withBFrames())) {
            Cut cut = Cut.of(film);
            SegmentFrames first = cut.segments().read(2);
            for (int i = 0; i < cut.plan().count(); i++) {
                cut.segments().read(i);
            }
            SegmentFrames again = cut.segments().read(2);
            assertSame(first.video(), again.video(), 0, 0);
            assertSame(first.audio(), again.audio(), 0, 0);
            assertEquals(2_000_000, first.video().get(0).presentationTimeUs());
        }
    }

    /** Three years of a film that loops: nothing overflows or loses its microseconds. */
    @Test
    void timesFarInTheFuture_areExact() throws Exception {
        long passes = 25_000_000;
        try (Film film = Film.open(OriginalFilms.withBFrames())) {
            Cut cut = Cut.of(film);
            long passUs = cut.plan().durationUs();
            LoopedSegments looped =
                    new LoopedSegments(cut.segments(), passUs, cut.audio().map(track -> (AacFormat) track.format()), 0);
            MediaSegmentWriter writer = cut.writer();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(writer.initialization());
            SegmentFrames last = looped.read(passes, cut.plan().count() - 1);
            SegmentFrames next = looped.read(passes + 1, 0);
            for (SegmentFrames frames : List.of(last, next)) {
                all.writeBytes(
                        writer.fragment(1, frames.video(), frames.videoEndUs(), frames.audio(), frames.audioEndUs()));
            }
            Path written = Files.write(folder.resolve("far.mp4"), all.toByteArray());
            List<Double> seconds = Probe.times(written, "v:0");
            for (int i = 1; i < seconds.size(); i++) {
                assertEquals(0.04, seconds.get(i) - seconds.get(i - 1), 0.0001, "picture " + i);
            }
            double seam = LATER_US / 1e6 + (passes + 1) * (passUs / 1e6);
            assertTrue(seconds.stream().anyMatch(time -> Math.abs(time - seam) < 0.0001), seam + " is in " + seconds);
        }
    }

    /** The parts of a segment, put together, are the segment for a player. */
    @Test
    void parts_areReadAsOneFilm() throws Exception {
        Path written = folder.resolve("parts.mp4");
        try (Film film = Film.open(OriginalFilms.withBFrames())) {
            Cut cut = Cut.of(film);
            long targetUs = cut.plan().spacing().partTargetUs();
            MediaSegmentWriter writer = cut.writer();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(writer.initialization());
            for (int i = 0; i < cut.plan().count(); i++) {
                for (SegmentFrames part : PartGrid.of(cut.video().orElseThrow(), cut.plan(), i, targetUs)
                        .cut(cut.segments().read(i).shifted(LATER_US), LATER_US, LATER_US)) {
                    all.writeBytes(
                            writer.fragment(1, part.video(), part.videoEndUs(), part.audio(), part.audioEndUs()));
                }
            }
            Files.write(written, all.toByteArray());
            try (Film again = Film.open(written)) {
                assertFilm(frames(cut.video()), frames(cut.audio()), Cut.of(again));
            }
        }
        Probe.decodesCleanly(written);
    }
}
