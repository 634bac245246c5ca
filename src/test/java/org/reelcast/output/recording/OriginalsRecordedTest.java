package org.reelcast.output.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.media.Frame;
import org.reelcast.mp4.read.Movie;
import org.reelcast.mp4.write.Probe;
import org.reelcast.rendition.film.OriginalFilms;
import org.reelcast.rendition.h264.PassThroughTest;
import org.reelcast.storage.LocalFile;

/** A film's own samples are recorded bit for bit, and what plays is the film. */
class OriginalsRecordedTest {
    private static final double SAMPLE = 1 / 44_100.0;
    /** An access unit's, at the film's end. */
    private static final double UNIT = 0.025;

    @TempDir
    Path folder;

    private Path record(PublishedClip take, String... settings) throws Exception {
        Path film = new RecordingFixture(folder, take, settings).film(take);
        Probe.decodesCleanly(film);
        return film;
    }

    static Stream<Arguments> films() {
        return Stream.of(
                Arguments.of("stereo", OriginalFilms.film()),
                Arguments.of("mono at 44.1 kHz", OriginalFilms.film("-ac", "1", "-ar", "44100")),
                Arguments.of("96 kHz", OriginalFilms.film("-ar", "96000")),
                Arguments.of("5.1", OriginalFilms.film("-ac", "6")),
                Arguments.of("b-frames", OriginalFilms.withBFrames()),
                Arguments.of(
                        "open groups", OriginalFilms.withBFrames("-x264-params", "open-gop=1:b-adapt=0:scenecut=0")),
                Arguments.of("23.976 a second", OriginalFilms.withBFrames("-r", "24000/1001")),
                Arguments.of("coarse times", OriginalFilms.withBFrames("-video_track_timescale", "50")),
                Arguments.of("fine times", OriginalFilms.withBFrames("-video_track_timescale", "10000000")),
                Arguments.of("sets in the samples", OriginalFilms.withBFrames("-x264-params", "repeat-headers=1")),
                Arguments.of("avc3", OriginalFilms.withBFrames("-x264-params", "repeat-headers=1", "-tag:v", "avc3")),
                Arguments.of(
                        "delimiters and fillers",
                        OriginalFilms.film(
                                "-x264-params",
                                "aud=1:nal-hrd=cbr:filler=1",
                                "-b:v",
                                "400k",
                                "-maxrate",
                                "400k",
                                "-bufsize",
                                "400k")),
                Arguments.of("fragments", OriginalFilms.inFragments(OriginalFilms.withBFrames())),
                Arguments.of(
                        "display",
                        OriginalFilms.withBFrames(
                                "-vf",
                                "setsar=4/3",
                                "-colorspace",
                                "bt709",
                                "-color_primaries",
                                "bt709",
                                "-color_trc",
                                "bt709",
                                "-metadata:s:v:0",
                                "language=deu",
                                "-metadata:s:a:0",
                                "language=eng",
                                "-movflags",
                                "write_colr")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("films")
    void everySample_isThatOfTheFilmAtItsTime(String name, Path film) throws Exception {
        Path recorded = record(PublishedClip.original(film));
        for (String stream : List.of("v:0", "a:0")) {
            List<String> hashes = Probe.hashes(film, stream);
            assertTrue(hashes.size() > 90 && hashes.stream().distinct().count() > 90);
            assertEquals(hashes, Probe.hashes(recorded, stream));
            assertTimes(Probe.times(film, stream), Probe.times(recorded, stream));
            String how = "codec_tag_string,profile,level,width,height,sample_aspect_ratio,color_range,color_space,"
                    + "color_transfer,color_primaries,sample_rate,channels,nal_length_size,r_frame_rate,extradata_size";
            assertEquals(Probe.stream(film, stream, how), Probe.stream(recorded, stream, how));
            assertEquals(
                    Probe.stream(film, stream, "_tags=language"), Probe.stream(recorded, stream, "_tags=language"));
        }
        assertEquals(Probe.decoded(film, "v:0"), Probe.decoded(recorded, "v:0"));
        assertEquals(Probe.duration(film), Probe.duration(recorded), UNIT);
        List<String> heard = Probe.decoded(recorded, "a:0");
        assertTrue(Collections.indexOfSubList(Probe.decoded(film, "a:0"), heard.subList(0, heard.size() - 2)) >= 0);
    }

    /** What is before the film's start is told in some forms of it and not in others. */
    private static void assertTimes(List<Double> film, List<Double> recording) {
        List<Double> expected = film.stream().filter(time -> time > -SAMPLE).toList();
        List<Double> times = recording.stream().filter(time -> time > -SAMPLE).toList();
        assertEquals(expected.size(), times.size());
        for (int i = 0; i < times.size(); i++) {
            assertEquals(expected.get(i), times.get(i), SAMPLE);
        }
    }

    @Test
    void shortLengths_staySo() throws Exception {
        Path film = OriginalFilms.shortLengths();
        Path recorded = record(PublishedClip.original(film));
        assertEquals(Probe.hashes(film, "v:0"), Probe.hashes(recorded, "v:0"));
        assertEquals("2", Probe.stream(recorded, "v:0", "nal_length_size"));
        assertTimes(Probe.times(film, "v:0"), Probe.times(recorded, "v:0"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void editBetweenKeyFrames_hidesTheSame(boolean bFrames) throws Exception {
        Path film = OriginalFilms.cutIn(bFrames ? OriginalFilms.withBFrames() : OriginalFilms.film());
        Path recorded = record(PublishedClip.original(film));
        assertEquals(Probe.hashes(film, "v:0"), Probe.hashes(recorded, "v:0"));
        assertEquals(Probe.decoded(film, "v:0"), Probe.decoded(recorded, "v:0"));
        assertTimes(Probe.times(film, "v:0"), Probe.times(recorded, "v:0"));
        assertEquals(
                Probe.times(film, "a:0").get(1), Probe.times(recorded, "a:0").get(1), SAMPLE);
        assertEquals(Probe.duration(film), Probe.duration(recorded), UNIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2"})
    void startedMidway_goesOnFromTheNextKeyFrame(String bFrames) throws Exception {
        Path film = PublishedClip.flashFilm("320x240", 5, bFrames);
        PublishedClip take = PublishedClip.original(film);
        RecordingFixture studio = new RecordingFixture(folder, take);
        studio.play(take.only(frame -> frame.decodeTimeUs() < 700_000));
        Path recorded = studio.film(take.only(frame -> frame.decodeTimeUs() >= 700_000));
        Probe.decodesCleanly(recorded);
        List<String> pictures = Probe.hashes(film, "v:0");
        assertEquals(pictures.subList(50, 125), Probe.hashes(recorded, "v:0"));
        List<String> sound = Probe.hashes(recorded, "a:0");
        List<String> whole = Probe.hashes(film, "a:0");
        assertEquals(whole.subList(whole.size() - sound.size(), whole.size()), sound);
        // three units of 1024 samples for the decoder to settle
        assertEquals(3 + 3 * 48_000 / 1024, sound.size(), 2);
        assertEquals(List.of(1.0), PlaybackTrace.flashes(recorded));
        assertEquals(1, PlaybackTrace.tones(recorded).get(0), 0.002);
    }

    /** Whoever records a film under way does not wait for its next key frame, which may be minutes away. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "2"})
    void filmUnderWay_isRecordedAtOnce(String bFrames) throws Exception {
        Path film = PublishedClip.flashFilm("320x240", 5, bFrames);
        PublishedClip take = PublishedClip.original(film);
        RecordingFixture studio = new RecordingFixture(folder, take, Runnable::run, true);
        // key frames at 0 and 2 s
        studio.play(take.only(frame -> frame.decodeTimeUs() < 2_500_000));
        Recorder recorder = studio.record();
        PublishedClip rest = take.only(frame -> frame.decodeTimeUs() >= 2_500_000);
        // a film is due when it comes
        studio.play(rest.shifted(studio.loop.nowUs() - studio.zeroUs - 2_500_000));
        Path recorded = studio.stop(recorder).file().orElseThrow();
        Probe.decodesCleanly(recorded);
        List<String> pictures = Probe.hashes(film, "v:0");
        assertEquals(pictures.subList(50, 125), Probe.hashes(recorded, "v:0"));
        List<Double> times = Probe.times(recorded, "v:0");
        assertEquals(0, times.get(0), 0.001);
        assertEquals(62, times.size(), 3);
        assertEquals(2.5, Probe.duration(recorded), 0.08);
        assertEquals(0.5, PlaybackTrace.flashes(recorded).get(0), 0.08);
        assertEquals(
                PlaybackTrace.flashes(recorded).get(0),
                PlaybackTrace.tones(recorded).get(0),
                0.03);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2"})
    void loop_goesOnAtItsSeam(String bFrames) throws Exception {
        Path film = PublishedClip.flashFilm("320x240", 5, bFrames);
        PublishedClip take = PublishedClip.original(film);
        // a reader that goes back to the film's start gives what is heard there, without the encoder's delay
        PublishedClip again = take.only(frame -> frame.isVideo() || frame.presentationTimeUs() >= -1000);
        Path recorded = record(take.then(again, 5_000_000).then(again, 10_000_000));
        assertEquals(
                Collections.nCopies(3, Probe.hashes(film, "v:0")).stream()
                        .flatMap(List::stream)
                        .toList(),
                Probe.hashes(recorded, "v:0"));
        List<String> sound = Probe.hashes(film, "a:0");
        List<String> heard = new ArrayList<>(sound);
        // the film's last unit lasts 13 ms too long, the second time 27: one more would not fit in
        heard.addAll(sound.subList(2, sound.size()));
        heard.addAll(sound.subList(1, sound.size()));
        assertEquals(heard, Probe.hashes(recorded, "a:0"));
        assertEquals(List.of(1.0, 3.0, 6.0, 8.0, 11.0, 13.0), PlaybackTrace.flashes(recorded));
        List<Double> tones = PlaybackTrace.tones(recorded);
        for (int i = 0; i < 6; i++) {
            assertEquals(List.of(1, 3, 6, 8, 11, 13).get(i), tones.get(i), 0.03);
        }
        assertEquals(15, Probe.duration(recorded), UNIT);
    }

    @Test
    void film_thatWaited_isTogetherAfterwards() throws Exception {
        Path film = PublishedClip.flashFilm("320x240", 5, "2");
        PublishedClip take = PublishedClip.original(film);
        PublishedClip late = take.only(frame -> frame.decodeTimeUs() >= 2_500_000);
        Path recorded =
                record(take.only(frame -> frame.decodeTimeUs() < 2_500_000).then(late, 2_000_000));
        assertEquals(Probe.hashes(film, "v:0"), Probe.hashes(recorded, "v:0"));
        assertEquals(Probe.hashes(film, "a:0"), Probe.hashes(recorded, "a:0"));
        assertEquals(List.of(1.0, 5.0), PlaybackTrace.flashes(recorded));
        assertEquals(5, PlaybackTrace.tones(recorded).get(1), 0.03);
        assertEquals(7, Probe.duration(recorded), UNIT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void loopOfAnEditBetweenKeyFrames_goesOnAtItsSeam(boolean bFrames) throws Exception {
        Path film = OriginalFilms.cutIn(bFrames ? OriginalFilms.withBFrames() : OriginalFilms.film());
        PublishedClip take = PublishedClip.original(film);
        PublishedClip again = take.only(frame -> frame.isVideo() || frame.presentationTimeUs() >= -1000);
        Path recorded = record(take.then(again, 3_400_000));
        List<String> once = Probe.hashes(film, "v:0");
        assertEquals(
                Collections.nCopies(2, once).stream().flatMap(List::stream).toList(), Probe.hashes(recorded, "v:0"));
        assertEquals(6.8, Probe.duration(recorded), UNIT);
        List<Double> times = Probe.times(recorded, "v:0");
        assertEquals(Probe.times(film, "v:0").get(1) + 3.4, times.get(times.size() - 84), SAMPLE);
    }

    /** Each film's samples under an entry of their own, as often as they come back. */
    @Test
    void parameterSetsThatChange_areFurtherSampleEntries() throws Exception {
        Path film = ChangingSizes.recorded(folder, 6);
        PublishedClip again = PublishedClip.original(film);
        assertEquals(
                2,
                again.frames().stream()
                        .filter(Frame::isVideo)
                        .map(frame -> frame.format().width())
                        .distinct()
                        .count());
        Path recorded = new RecordingFixture(folder, again).film(again);
        assertEquals(Probe.hashes(film, "v:0"), Probe.hashes(recorded, "v:0"));
        for (Path each : List.of(film, recorded)) {
            try (LocalFile source = LocalFile.open(each)) {
                assertEquals(
                        2, Movie.read(source).video().orElseThrow().entries().size());
            }
        }
        assertEquals(750, Probe.decoded(recorded, "v:0").size());
    }

    @Test
    void setsInTheSamplesThatChange_areRecordedAsTheyCome() throws Exception {
        Path film = PassThroughTest.twoSizes("0");
        Path recorded = record(PublishedClip.original(film));
        assertEquals(Probe.hashes(film, "v:0"), Probe.hashes(recorded, "v:0"));
    }

    @Test
    void opusOfTheFilm_becomesAacBesideThePictureAsItIs() throws Exception {
        Path film = OriginalFilms.withBFrames("-c:a", "libopus");
        Path recorded = record(PublishedClip.original(film));
        assertEquals(Probe.hashes(film, "v:0"), Probe.hashes(recorded, "v:0"));
        assertEquals("aac", Probe.stream(recorded, "a:0", "codec_name"));
        assertEquals(4, Probe.duration(recorded), 0.06);
    }

    @Test
    void soundOfAnotherConfiguration_startsAnotherFile() throws Exception {
        Path stereo = OriginalFilms.film();
        Path mono = OriginalFilms.film("-ac", "1", "-ar", "44100");
        PublishedClip take = PublishedClip.original(stereo).then(PublishedClip.original(mono), 4_000_000);
        RecordingFixture studio = new RecordingFixture(folder, take);
        Path last = studio.film(take);
        assertEquals(List.of("rec.mp4", "rec_1.mp4"), studio.files());
        List<String> units = Probe.hashes(mono, "a:0");
        List<String> recorded = Probe.hashes(last, "a:0");
        assertTrue(recorded.size() > 100 && Collections.indexOfSubList(units, recorded) >= 0);
        assertEquals(Probe.hashes(stereo, "a:0"), Probe.hashes(folder.resolve("rec_1.mp4"), "a:0"));
        for (String part : studio.files()) {
            Probe.decodesCleanly(folder.resolve(part));
        }
    }

    @Test
    void killed_theNextStartFinishesWhatWasWritten() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path film = OriginalFilms.withBFrames();
        PublishedClip take = PublishedClip.original(film);
        RecordingFixture studio = new RecordingFixture(folder, take);
        Recorder recorder = studio.record();
        studio.play(take);
        Path unfinished = Files.copy(folder.resolve("rec.mp4.tmp"), other.resolve("rec.mp4.tmp"));
        assertTimes(
                Probe.times(film, "a:0").subList(0, 100),
                Probe.times(unfinished, "a:0").subList(1, 101));
        new RecordingFixture(other, take).recordings.start();
        Path found = other.resolve("rec.mp4");
        Probe.decodesCleanly(found);
        for (String stream : List.of("v:0", "a:0")) {
            List<String> whole = Probe.hashes(film, stream);
            List<String> written = Probe.hashes(found, stream);
            assertTrue(written.size() > whole.size() * 3 / 4, written.size() + " of " + whole.size());
            assertEquals(whole.subList(0, written.size()), written);
        }
        studio.stop(recorder);
    }
}
