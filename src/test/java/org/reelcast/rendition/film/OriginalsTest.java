package org.reelcast.rendition.film;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Codec;
import org.reelcast.media.Colour;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.H264Format;
import org.reelcast.media.Slice;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.mp4.read.AacEntry;
import org.reelcast.mp4.read.AvcEntry;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.h264.PassThroughTest;
import org.reelcast.rendition.opus.OpusTracks;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.LocalFile;
import org.reelcast.storage.SourceId;

/** The film's own tracks come as they are in the file: all of it, and nothing beside it. */
class OriginalsTest {

    /** Counts what is read. */
    private record Counted(ByteSource bytes, AtomicLong read) implements ByteSource {
        @Override
        public SourceId id() {
            return bytes.id();
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            int got = bytes.read(position, target, offset, length);
            read.addAndGet(got);
            return got;
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }

    private static Rendition video(Film film) {
        return film.renditions().originals().video().orElseThrow();
    }

    private static Rendition audio(Film film) {
        return film.renditions().originals().audio().orElseThrow();
    }

    private static byte[] bytes(Path file, SampleTable samples, int index) throws IOException {
        byte[] bytes = new byte[samples.size(index)];
        try (LocalFile source = LocalFile.open(file)) {
            source.readFully(samples.position(index), bytes, 0, bytes.length);
        }
        return bytes;
    }

    private static byte[] bytes(Frame frame) {
        Slice slice = frame.slice(0);
        return Arrays.copyOfRange(slice.array(), slice.offset(), slice.offset() + slice.length());
    }

    static Stream<Arguments> films() {
        return Stream.of(
                Arguments.of("plain", OriginalFilms.film()),
                Arguments.of("b-frames", OriginalFilms.withBFrames()),
                Arguments.of("slices", OriginalFilms.film("-x264-params", "slices=4:scenecut=0")),
                Arguments.of(
                        "delimiters",
                        OriginalFilms.film(
                                "-x264-params",
                                "aud=1:nal-hrd=cbr:filler=1",
                                "-b:v",
                                "400k",
                                "-maxrate",
                                "400k",
                                "-bufsize",
                                "400k")),
                Arguments.of("in-band", OriginalFilms.withBFrames("-x264-params", "repeat-headers=1")),
                Arguments.of("avc3", OriginalFilms.withBFrames("-x264-params", "repeat-headers=1", "-tag:v", "avc3")),
                Arguments.of("short lengths", OriginalFilms.shortLengths()),
                Arguments.of("fragments", OriginalFilms.inFragments(OriginalFilms.withBFrames())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("films")
    void everySampleOfThePicture_comesAsItIs(String name, Path file) throws Exception {
        try (Film film = Film.open(file);
                FrameReader reader = video(film).reader()) {
            List<Frame> frames = AnnexB.frames(reader, Integer.MAX_VALUE);
            SampleTable samples = film.movie().video().orElseThrow().samples();
            AvcEntry entry =
                    (AvcEntry) film.movie().video().orElseThrow().entries().get(0);
            assertEquals(100, frames.size());
            assertEquals(samples.count(), frames.size());
            for (int i = 0; i < frames.size(); i++) {
                Frame frame = frames.get(i);
                assertArrayEquals(
                        bytes(file, samples, i),
                        OriginalFilms.sample(frame, entry.config().nalLengthSize()));
                assertEquals(samples.decodeTimeUs(i), frame.decodeTimeUs());
                assertEquals(samples.presentationTimeUs(i), frame.presentationTimeUs());
                assertEquals(frame.presentationTimeUs(), frame.shownFromUs());
                assertEquals(samples.isSync(i), frame.isKey());
                assertSame(video(film).format(), frame.format());
            }
            H264Format format = (H264Format) video(film).format();
            assertArrayEquals(entry.config().toBytes(), format.config().bytes());
            assertEquals(name.equals("avc3"), format.setsInFrames());
            assertEquals(12_800, format.timescale());
            assertEquals(25, format.frameRate(), 0.01);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-ac 2", "-ac 1 -ar 44100"})
    void everyAccessUnitOfTheSound_comesAsItIs(String sound) throws Exception {
        Path file = OriginalFilms.film(sound.split(" "));
        try (Film film = Film.open(file);
                FrameReader reader = audio(film).reader()) {
            List<Frame> frames = AnnexB.frames(reader, Integer.MAX_VALUE);
            SampleTable samples = film.movie().audio().orElseThrow().samples();
            assertEquals(samples.count(), frames.size());
            assertTrue(samples.isCut(0), "ffmpeg's encoder has a delay");
            for (int i = 0; i < frames.size(); i++) {
                Frame frame = frames.get(i);
                assertArrayEquals(bytes(file, samples, i), bytes(frame));
                assertEquals(samples.presentationTimeUs(i), frame.presentationTimeUs());
                assertEquals(Math.max(0, frame.presentationTimeUs()), frame.shownFromUs());
                assertTrue(frame.isKey());
                assertSame(audio(film).format(), frame.format());
            }
            AacEntry entry =
                    (AacEntry) film.movie().audio().orElseThrow().entries().get(0);
            assertArrayEquals(
                    entry.config().bytes(), audio(film).format().config().bytes());
            assertEquals(Codec.AAC, audio(film).format().codec());
            assertEquals(entry.channels(), audio(film).format().channels());
            reader.seek(2_000_000);
            Frame sought = reader.next();
            assertTrue(sought.presentationTimeUs() <= 2_000_000 && sought.presentationTimeUs() > 1_976_000);
            reader.seek(0);
            assertTrue(reader.next().presentationTimeUs() > -24_000, "the unit that holds the film's start");
        }
    }

    @Test
    void tracksThatNobodyTakes_costNothing() throws Exception {
        AtomicLong read = new AtomicLong();
        ByteSource source = new Counted(LocalFile.open(OriginalFilms.withBFrames()), read);
        try (Film film = Film.open(source, new OpusTracks())) {
            long before = read.get();
            for (Rendition original : List.of(video(film), audio(film))) {
                original.format();
                original.durationUs();
                original.reader().close();
                assertTrue(original.encoding().isEmpty());
            }
            assertEquals(before, read.get());
        }
    }

    @Test
    void filmWhoseTracksGoOutInBothForms_isReadOnce() throws Exception {
        long forViewers = read(false);
        assertTrue(forViewers > 100_000);
        assertEquals(forViewers, read(true));
    }

    /** Plays a film, at an even pace. @return how many bytes of it were read */
    private static long read(boolean bothForms) throws IOException {
        AtomicLong read = new AtomicLong();
        ByteSource source = new Counted(LocalFile.open(OriginalFilms.film()), read);
        try (Film film = Film.open(source, new OpusTracks());
                FrameReader seen = film.video().reader();
                FrameReader heard = film.audio().reader();
                FrameReader video = video(film).reader();
                FrameReader audio = audio(film).reader()) {
            long before = read.get();
            long soundUs = Long.MIN_VALUE;
            for (long us = 0; us < 4_000_000; us += 40_000) {
                Frame one = seen.next();
                heard.next();
                if (bothForms) {
                    Frame other = video.next();
                    assertSame(
                            one.slice(one.slices() - 1).array(),
                            other.slice(other.slices() - 1).array());
                    while (soundUs < us) {
                        soundUs = audio.next().presentationTimeUs();
                    }
                }
            }
            return read.get() - before;
        }
    }

    @Test
    void opus_isTheOriginalAlready() throws Exception {
        try (Film film = Film.open(OriginalFilms.film("-c:a", "libopus"))) {
            assertTrue(film.renditions().originals().audio().isEmpty());
            assertTrue(film.renditions().originals().video().isPresent());
        }
    }

    @Test
    void format_saysHowThePictureIsShown() throws Exception {
        Path file = OriginalFilms.film(
                "-vf",
                "setsar=4/3",
                "-colorspace",
                "bt709",
                "-color_primaries",
                "bt709",
                "-color_trc",
                "bt709",
                "-color_range",
                "tv",
                "-r",
                "30000/1001",
                "-metadata:s:v:0",
                "language=deu",
                "-metadata:s:a:0",
                "language=eng",
                "-movflags",
                "write_colr");
        try (Film film = Film.open(file)) {
            H264Format format = (H264Format) video(film).format();
            assertEquals(new Colour(1, 1, 1, false), format.colour());
            assertEquals(new AspectRatio(4, 3), format.pixelAspect());
            assertEquals("deu", format.language());
            assertEquals("eng", audio(film).format().language());
            assertEquals(30_000 / 1001.0, format.frameRate(), 1e-6);
            assertEquals(30_000, format.timescale());
            assertEquals("eng", film.audio().format().language());
            assertEquals(format.colour(), ((H264Format) film.video().format()).colour());
            assertTrue(film.video().format().config().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void editBetweenKeyFrames_bringsItsGroupOfPicturesRightBeforeIt(boolean bFrames) throws Exception {
        Path file = OriginalFilms.cutIn(bFrames ? OriginalFilms.withBFrames() : OriginalFilms.film());
        try (Film film = Film.open(file);
                FrameReader reader = video(film).reader()) {
            SampleTable samples = film.movie().video().orElseThrow().samples();
            List<Frame> frames = AnnexB.frames(reader, Integer.MAX_VALUE);
            assertEquals(samples.count(), frames.size());
            assertTrue(frames.get(0).isKey());
            long decodedUs = Long.MIN_VALUE;
            int hidden = 0;
            for (int i = 0; i < frames.size(); i++) {
                Frame frame = frames.get(i);
                assertArrayEquals(bytes(file, samples, i), OriginalFilms.sample(frame, 4));
                assertTrue(frame.decodeTimeUs() > decodedUs && frame.decodeTimeUs() <= frame.presentationTimeUs());
                decodedUs = frame.decodeTimeUs();
                if (samples.isCut(i)) {
                    hidden++;
                    assertTrue(frame.presentationTimeUs() < 0 && frame.presentationTimeUs() >= -10_000);
                    assertEquals(0, frame.shownFromUs());
                } else {
                    assertEquals(samples.presentationTimeUs(i), frame.presentationTimeUs());
                    assertEquals(frame.presentationTimeUs(), frame.shownFromUs());
                }
            }
            assertTrue(hidden >= 14 && hidden <= 16, hidden + " hidden pictures");
            assertEquals(
                    sorted(samples),
                    frames.stream()
                            .sorted((a, b) -> Long.compare(a.presentationTimeUs(), b.presentationTimeUs()))
                            .map(frames::indexOf)
                            .toList(),
                    "in the order of showing");
            reader.seek(0);
            assertEquals(frames.get(0).decodeTimeUs(), reader.next().decodeTimeUs());
        }
    }

    private static List<Integer> sorted(SampleTable samples) {
        return Stream.iterate(0, i -> i + 1)
                .limit(samples.count())
                .sorted((a, b) -> Long.compare(samples.presentationTimeUs(a), samples.presentationTimeUs(b)))
                .toList();
    }

    @Test
    void soundThatIsHiddenForLong_comesWithWhatADecoderNeeds() throws Exception {
        Path file = OriginalFilms.cutIn(OriginalFilms.film());
        try (Film film = Film.open(file);
                FrameReader reader = audio(film).reader()) {
            SampleTable samples = film.movie().audio().orElseThrow().samples();
            List<Frame> frames = AnnexB.frames(reader, Integer.MAX_VALUE);
            long hidden = frames.stream()
                    .filter(frame -> frame.presentationTimeUs() < -22_000)
                    .count();
            assertTrue(hidden <= 3, hidden + " hidden units");
            long cut = Stream.iterate(0, i -> i + 1)
                    .limit(samples.count())
                    .filter(samples::isCut)
                    .count();
            assertEquals(samples.count() - cut + Math.min(cut, 3), frames.size());
        }
    }

    @Test
    void seek_goesToTheLastKeyFrameOfTheFile() throws Exception {
        try (Film film = Film.open(OriginalFilms.withBFrames());
                FrameReader reader = video(film).reader()) {
            for (long[] wanted : new long[][] {
                {2_500_000, 2_000_000}, {999_999, 0}, {1_000_000, 1_000_000}, {-5, 0}, {99_000_000, 3_000_000}
            }) {
                reader.seek(wanted[0]);
                Frame frame = reader.next();
                assertEquals(wanted[1], frame.presentationTimeUs());
                assertTrue(frame.isKey());
                assertFalse(reader.next().isKey());
            }
        }
    }

    @Test
    void openGroups_haveKeyFramesThatAreNoIdrPictures() throws Exception {
        Path file = OriginalFilms.withBFrames("-x264-params", "open-gop=1:b-adapt=0:scenecut=0");
        try (Film film = Film.open(file);
                FrameReader reader = video(film).reader()) {
            List<Frame> frames = AnnexB.frames(reader, Integer.MAX_VALUE);
            assertEquals(
                    1,
                    frames.stream()
                            .filter(frame -> AnnexB.types(frame).contains(5))
                            .count());
            assertTrue(frames.stream().filter(Frame::isKey).count() >= 4);
            reader.seek(2_500_000);
            Frame frame = reader.next();
            assertTrue(frame.isKey() && frame.presentationTimeUs() > 1_500_000);
        }
    }

    @Test
    void sizeThatChangesMidway_isANewFormatWithTheSetsInForce() throws Exception {
        try (Film film = Film.open(PassThroughTest.twoSizes("0"));
                FrameReader reader = video(film).reader()) {
            List<Frame> frames = AnnexB.frames(reader, 1000);
            assertEquals(320, frames.get(49).format().width());
            assertEquals(480, frames.get(50).format().width());
            assertFalse(frames.get(49)
                    .format()
                    .config()
                    .equals(frames.get(50).format().config()));
            assertSame(frames.get(50).format(), frames.get(99).format());
            reader.seek(3_100_000);
            assertEquals(frames.get(50).format(), reader.next().format());
        }
    }

    @Test
    void endOfAFilmInFragments_isKnownOnceItWasThere() throws Exception {
        try (Film whole = Film.open(OriginalFilms.film());
                Film film = Film.open(OriginalFilms.inFragments(OriginalFilms.film()))) {
            assertTrue(video(whole).isEndKnown()
                    && audio(whole).isEndKnown()
                    && whole.audio().isEndKnown());
            assertFalse(video(film).isEndKnown() || audio(film).isEndKnown());
            assertFalse(film.video().isEndKnown() || film.audio().isEndKnown());
            try (FrameReader reader = video(film).reader()) {
                AnnexB.frames(reader, Integer.MAX_VALUE);
            }
            assertTrue(video(film).isEndKnown() && film.audio().isEndKnown());
        }
    }
}
