package org.reelcast.output.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.mp4.write.Probe;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.TestStreams;

/** What is recorded is what was published: all of it, together, at its time. */
class RecorderTest {
    private static PublishedClip take;

    @TempDir
    Path folder;

    @BeforeAll
    static void make() throws Exception {
        take = PublishedClip.flash("320x240", 5);
    }

    @Test
    void pictureAndSound_areInTheFilmTogether() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        Path film = studio.film(take);

        assertEquals(List.of("rec.mp4"), studio.files());
        assertEquals(List.of("ftyp", "moov", "mdat"), Probe.boxes(film));
        Probe.decodesCleanly(film);
        assertEquals(5, Probe.duration(film), 0.06);
        assertEquals(125, Probe.times(film, "v:0").size());
        assertEquals("h264", Probe.stream(film, "v:0", "codec_name"));
        assertEquals("aac,LC,48000", Probe.stream(film, "a:0", "codec_name,profile,sample_rate"));
        assertTogether(film, 1, 3);
        assertTrue(studio.keyFrameRequests >= 1, "a key frame was asked for");
    }

    private static void assertTogether(Path film, double... times) throws Exception {
        List<Double> flashes = PlaybackTrace.flashes(film);
        List<Double> tones = PlaybackTrace.tones(film);
        assertEquals(times.length, flashes.size(), flashes::toString);
        assertEquals(times.length, tones.size(), tones::toString);
        for (int i = 0; i < times.length; i++) {
            assertEquals(times[i], flashes.get(i), 0.001);
            assertEquals(times[i], tones.get(i), 0.030);
        }
    }

    @Test
    void joinedMidway_startsAtTheNextKeyFrame() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        studio.play(take.only(frame -> frame.presentationTimeUs() < 1_500_000));
        Path film = studio.film(take.only(frame -> frame.presentationTimeUs() >= 1_500_000));
        assertEquals(75, Probe.times(film, "v:0").size());
        assertTogether(film, 1);
    }

    @Test
    void soundAheadOfItsPicture_isKept() throws Exception {
        List<Frame> order = new ArrayList<>(take.frames());
        order.sort(java.util.Comparator.comparingLong(f -> f.presentationTimeUs() - (f.isVideo() ? 0 : 100_000)));
        Path film = new RecordingFixture(folder, take).film(new PublishedClip(order));
        assertEquals(0, Probe.times(film, "a:0").get(0), 0.001);
        assertTogether(film, 1, 3);
    }

    @Test
    void lostSound_isSilence() throws Exception {
        Path film = new RecordingFixture(folder, take)
                .film(take.only(frame -> frame.isVideo()
                        || frame.presentationTimeUs() < 500_000
                        || frame.presentationTimeUs() > 800_000 && frame.presentationTimeUs() < 1_500_000
                        || frame.presentationTimeUs() > 2_500_000 && frame.presentationTimeUs() / 20_000 % 7 != 0));
        Probe.decodesCleanly(film);
        assertTogether(film, 1, 3);
        assertEquals(5, Probe.duration(film), 0.06);
    }

    @Test
    void soundThatEndsEarly_goesOnInSilence() throws Exception {
        Path film = new RecordingFixture(folder, take)
                .film(take.only(frame -> frame.isVideo() || frame.presentationTimeUs() < 1_500_000));
        List<Double> sound = Probe.times(film, "a:0");
        assertEquals(3, sound.get(sound.size() - 1), 0.1);
        assertEquals(5, Probe.duration(film), 0.06);
    }

    @Test
    void lostPictures_leaveTimeRight() throws Exception {
        Path film = new RecordingFixture(folder, take)
                .film(take.only(frame -> !frame.isVideo()
                        || frame.presentationTimeUs() < 1_500_000
                        || frame.presentationTimeUs() >= 2_000_000));
        Probe.decodesCleanly(film);
        assertTogether(film, 1, 3);
    }

    @Test
    void soundThatStartsLater_isHeardLater() throws Exception {
        Path film = new RecordingFixture(folder, take)
                .film(take.only(frame -> frame.isVideo() || frame.presentationTimeUs() >= 2_800_000));
        assertEquals(2.8, Probe.times(film, "a:0").get(0), 0.021);
        assertEquals(3, PlaybackTrace.tones(film).get(0), 0.030);
    }

    @Test
    void brokenSound_isSkipped() throws Exception {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : take.frames()) {
            boolean broken = !frame.isVideo() && frame.presentationTimeUs() / 20_000 % 10 == 3;
            frames.add(
                    !broken
                            ? frame
                            : new Frame(
                                    frame.format(),
                                    frame.decodeTimeUs(),
                                    frame.presentationTimeUs(),
                                    true,
                                    Slice.of(new byte[] {3, (byte) 0xff, 1})));
        }
        Path film = new RecordingFixture(folder, take).film(new PublishedClip(frames));
        Probe.decodesCleanly(film);
        assertTogether(film, 1, 3);
    }

    @Test
    void soundAlone() throws Exception {
        PublishedClip sound = take.only(frame -> !frame.isVideo());
        Path film = new RecordingFixture(folder, sound).film(sound);
        assertEquals("", Probe.stream(film, "v:0", "codec_name"));
        assertEquals(5, Probe.duration(film), 0.06);
        assertEquals(1, PlaybackTrace.tones(film).get(0), 0.030);
    }

    @Test
    void pictureAlone() throws Exception {
        PublishedClip picture = take.only(Frame::isVideo);
        Path film = new RecordingFixture(folder, picture).film(picture);
        assertEquals("", Probe.stream(film, "a:0", "codec_name"));
        assertEquals(5, Probe.duration(film), 0.05);
        Probe.decodesCleanly(film);
    }

    @Test
    void pictureAnnouncedThatNeverComes_isNotWaitedForForEver() throws Exception {
        List<Frame> sound = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sound.addAll(
                    take.only(frame -> !frame.isVideo()).shifted(i * 5_000_000L).frames());
        }
        RecordingFixture studio = new RecordingFixture(folder, take);
        Path film = studio.film(new PublishedClip(sound));
        assertTrue(Probe.duration(film) > 4.5);
        assertEquals("", Probe.stream(film, "v:0", "codec_name"));
    }

    @Test
    void anotherResolutionMidway_isRecorded() throws Exception {
        PublishedClip large = PublishedClip.flash("640x480", 2).shifted(5_000_000);
        List<Frame> frames = new ArrayList<>(take.frames());
        frames.addAll(large.frames());
        Path film = new RecordingFixture(folder, take).film(new PublishedClip(frames));
        Probe.decodesCleanly(film);
        assertTogether(film, 1, 3, 6);
    }

    @Test
    void nothingPublished_leavesNoFile() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        Recorder recorder = studio.record();
        assertEquals("rec.mp4", recorder.fileName());
        RecordEnd end = studio.stop(recorder);
        assertEquals(new RecordEnd(Optional.empty(), Optional.empty(), Optional.empty()), end);
        assertEquals(List.of(), studio.files());
    }

    @Test
    void onlyPicturesBeforeAKeyFrame_leaveNoFile() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        Recorder recorder = studio.record();
        studio.play(take.only(frame -> !frame.isKey()));
        assertTrue(studio.stop(recorder).file().isEmpty());
        assertEquals(List.of(), studio.files());
    }

    @Test
    void oneFrame_isAFilm() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        Path film = studio.film(new PublishedClip(take.frames().subList(0, 2)));
        Probe.decodesCleanly(film);
    }

    @Test
    void whileItRuns_thereIsOneUnfinishedFile() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        Recorder recorder = studio.record();
        studio.play(take);
        assertEquals(List.of("rec.mp4.tmp"), studio.files());
        assertEquals(List.of(recorder), studio.recordings.all());
        assertTrue(studio.recordings.isRecording(studio.stream.mediaSessionId()));
        studio.stop(recorder);
        assertFalse(studio.recordings.isRecording(studio.stream.mediaSessionId()));
        assertEquals(List.of(), studio.recordings.all());
    }

    @Test
    void streamThatEnds_endsTheRecording() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        Recorder recorder = studio.record();
        studio.play(take);
        studio.stream.end(StreamEnd.stopped(StatusText.STOPPED_BY_USER));
        RecordEnd end = recorder.finished().toCompletableFuture().getNow(null);
        assertEquals(Optional.of("rec.mp4"), end.fileName());
        assertEquals(Optional.of("rec.mp4"), studio.stop(recorder).fileName(), "stopped once more");
    }

    @Test
    void fileThatIsThere_isNotOverwritten() throws Exception {
        Files.writeString(folder.resolve("rec.mp4"), "precious");
        Path film = new RecordingFixture(folder, take).film(take);
        assertEquals("rec-2.mp4", film.getFileName().toString());
        assertEquals("precious", Files.readString(folder.resolve("rec.mp4")));
    }

    @Test
    void twoRecordingsOfOneName_areTwoFiles() throws Exception {
        RecordingFixture one = new RecordingFixture(folder, take);
        RecordingFixture other = new RecordingFixture(folder, take);
        Recorder first = one.record();
        Recorder second = other.record();
        one.play(take);
        other.play(take);
        assertEquals(Optional.of("rec-2.mp4"), other.stop(second).fileName());
        assertEquals(Optional.of("rec.mp4"), one.stop(first).fileName());
        assertEquals(List.of("rec-2.mp4", "rec.mp4"), one.files());
    }

    @Test
    void startedOnceMore_stopsTheFirst() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        Recorder first = studio.record();
        studio.play(take);
        Recorder second = studio.record();
        assertNotNull(first.finished().toCompletableFuture().getNow(null));
        studio.play(take.shifted(10_000_000));
        assertEquals(List.of(second), studio.recordings.all());
        studio.stop(second);
        assertEquals(List.of("rec-2.mp4", "rec.mp4"), studio.files());
    }

    @Test
    void rotation_numbersAllPartsButTheLast() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take, "record_rotation", "1");
        studio.film(take);
        assertEquals(List.of("rec.mp4", "rec_1.mp4", "rec_2.mp4"), studio.files());
        int pictures = 0;
        for (String part : studio.files()) {
            Probe.decodesCleanly(folder.resolve(part));
            pictures += Probe.times(folder.resolve(part), "v:0").size();
        }
        assertEquals(125, pictures);
        assertTogether(folder.resolve("rec_1.mp4"), 1);
        assertTogether(folder.resolve("rec_2.mp4"), 1);
        assertEquals(1, Probe.duration(folder.resolve("rec.mp4")), 0.06);
    }

    @Test
    void rotationWithTimesInTheName_numbersNoPart() throws Exception {
        RecordingFixture studio = new RecordingFixture(
                folder, take, "record_rotation", "1", "stream_record_policy_template", "rec-{endTime}-{duration}");
        studio.film(take);
        assertEquals(3, studio.files().size());
        for (String part : studio.files()) {
            assertTrue(part.matches("rec-\\d{13}-[12]\\d{3}(-2)?\\.mp4|rec-\\d{13}-9\\d\\d\\.mp4"), part);
        }
    }

    @Test
    void rotationByRequest_winsOverTheSetting() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take, "record_rotation", "1");
        RecordRequest request =
                new RecordRequest("id", "camera", "", "", Optional.of("mine-{streamName}"), Rotation.parse("0"));
        Recorder recorder = studio.recordings.start(TestStreams.hold(studio.stream), request);
        studio.loop.runTasks();
        studio.play(take);
        assertEquals("mine-camera.mp4", recorder.fileName());
        studio.stop(recorder);
        assertEquals(List.of("mine-camera.mp4"), studio.files());
    }
}
