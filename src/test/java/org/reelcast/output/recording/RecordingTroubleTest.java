package org.reelcast.output.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.media.Frame;
import org.reelcast.mp4.write.FullDisk;
import org.reelcast.mp4.write.Probe;
import org.reelcast.refusal.Refusal;
import org.reelcast.stream.FrameQueue;
import org.reelcast.stream.Hold;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Subscriber;
import org.reelcast.stream.TestStreams;

/** Whatever befalls a recording: what was written stays, it is said why, and the stream goes on. */
class RecordingTroubleTest {
    private static PublishedClip take;

    @TempDir
    Path folder;

    @BeforeAll
    static void make() throws Exception {
        take = PublishedClip.flash("320x240", 5);
    }

    /** Counts what others get of the stream. */
    private static final class Viewer implements Subscriber {
        private int frames;

        @Override
        public void onStart(List<Frame> groupOfPictures) {
            frames = 0;
        }

        @Override
        public void onFrame(Frame frame) {
            frames++;
        }

        @Override
        public void onEnd(StreamEnd end) {
            frames = -1;
        }
    }

    private Viewer playBeside(RecordingFixture studio) {
        Viewer viewer = new Viewer();
        TestStreams.subscribe(studio.stream, viewer);
        studio.play(take);
        assertEquals(take.frames().size(), viewer.frames, "the stream goes on");
        return viewer;
    }

    private Recorder record(RecordingFixture studio, Part.Opener opener) {
        RecordSettings settings = RecordSettings.of(studio.settings);
        RecordFolder files = new RecordFolder(folder, settings.minFreeBytes(), settings.maxBytes());
        Finishing finishing = new Finishing(files, Runnable::run, new RecordHook(Optional.empty(), 0, Runnable::run));
        Hold hold = TestStreams.hold(studio.stream);
        Recorder recorder = new Recorder(
                hold,
                studio.request(),
                new RecordingWriter(hold, studio.request(), settings, files, finishing, opener, () -> 0),
                Runnable::run);
        recorder.start();
        studio.loop.runTasks();
        return recorder;
    }

    @Test
    void fullDisk_endsTheRecordingAndKeepsWhatFitted() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        Recorder recorder =
                record(studio, file -> new FullDisk(FileChannel.open(file, StandardOpenOption.WRITE), 12_000));
        playBeside(studio);

        RecordEnd end = recorder.finished().toCompletableFuture().getNow(null);
        assertTrue(end.problem().orElse("").contains("No space left on device"), end::toString);
        assertEquals(Optional.of("Recording failed: the server's disk is full"), end.info());
        assertEquals(List.of("rec.mp4"), studio.files());
        Path film = end.file().orElseThrow();
        Probe.decodesCleanly(film);
        assertTrue(Probe.duration(film) > 0.4);
    }

    /** What a power failure takes away is five seconds at most. */
    @Test
    void whatIsRecorded_isForcedToDiskEachFiveSeconds() throws Exception {
        long lengthUs = take.frames().stream()
                        .mapToLong(Frame::presentationTimeUs)
                        .max()
                        .orElseThrow()
                + 40_000;
        RecordingFixture studio = new RecordingFixture(folder, take);
        ForcedFile[] file = new ForcedFile[1];
        Recorder recorder = record(studio, path -> file[0] = new ForcedFile(path));
        int times = 0;
        for (long playedUs = 0; playedUs < 21_000_000; playedUs = ++times * lengthUs) {
            long laterUs = playedUs;
            studio.play(new PublishedClip(
                    take.frames().stream().map(frame -> frame.shifted(laterUs)).toList()));
        }
        long seconds = times * lengthUs / 1_000_000;
        assertEquals(seconds / 5, file[0].forced.size(), 1, () -> seconds + " s");
        assertEquals(file[0].forced.stream().sorted().distinct().toList(), file[0].forced);
        studio.stop(recorder);
    }

    @Test
    void diskFullFromTheStart_leavesNoFile() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        Recorder recorder = record(studio, file -> new FullDisk(FileChannel.open(file, StandardOpenOption.WRITE), 100));
        playBeside(studio);
        RecordEnd end = recorder.finished().toCompletableFuture().getNow(null);
        assertTrue(end.problem().isPresent() && end.file().isEmpty(), end::toString);
        assertEquals(List.of(), studio.files());
    }

    @Test
    void fileThatCannotBeOpened_leavesNoFile() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        Recorder recorder = record(studio, file -> {
            throw new IOException("Read-only file system");
        });
        playBeside(studio);
        RecordEnd end = recorder.finished().toCompletableFuture().getNow(null);
        assertTrue(end.problem().orElse("").contains("Read-only"), end::toString);
        assertEquals(Optional.of("Recording failed: the server cannot write the file"), end.info());
        assertEquals(List.of(), studio.files());
    }

    @Test
    void slowDisk_endsTheRecordingWithoutHoldingUpTheStream() throws Exception {
        List<Runnable> tasks = new ArrayList<>();
        RecordingFixture studio = new RecordingFixture(folder, take, tasks::add);
        Recorder recorder = studio.record();
        Viewer viewer = new Viewer();
        TestStreams.subscribe(studio.stream, viewer);
        int published = 0;
        for (int i = 0;
                published <= FrameQueue.Limits.DEFAULT.frames() + take.frames().size();
                i++) {
            studio.play(take.shifted(i * 10_000_000L));
            published += take.frames().size();
        }
        assertEquals(published, viewer.frames);
        assertFalse(recorder.finished().toCompletableFuture().isDone());
        while (!tasks.isEmpty()) {
            tasks.remove(0).run();
            studio.loop.runTasks();
        }
        RecordEnd end = recorder.finished().toCompletableFuture().getNow(null);
        assertTrue(end.problem().orElse("").contains("falls behind"), end::toString);
        assertEquals(Optional.of("Recording failed: the server is too slow"), end.info());
        Probe.decodesCleanly(end.file().orElseThrow());
    }

    @Test
    void tooLittleRoom_isRefused() {
        RecordingFixture studio = new RecordingFixture(folder, take, "record_min_free_mb", "100000000");
        Refusal refused = assertThrows(Refusal.class, studio::record);
        assertTrue(refused.getMessage().contains("record_min_free_mb"), refused.getMessage());
        assertEquals("Recording failed: the server's disk is full", refused.info());
    }

    @Test
    void recordingsThatHaveAllTheyMay_areNotAddedTo() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take, "record_max_mb", "1");
        studio.film(take);
        Files.write(folder.resolve("earlier.mp4"), new byte[1 << 20]);
        Refusal refused = assertThrows(Refusal.class, new RecordingFixture(folder, take, "record_max_mb", "1")::record);
        assertTrue(refused.getMessage().contains("record_max_mb=1"), refused.getMessage());
        assertEquals("Recording failed: the server's disk is full", refused.info());
        new RecordingFixture(folder, take, "record_max_mb", "100").film(take);
    }

    @Test
    void roomThatRunsOut_endsTheRecording() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take, "record_min_free_mb", "100000000");
        Recorder recorder = record(studio, Part::open);
        playBeside(studio);
        RecordEnd end = recorder.finished().toCompletableFuture().getNow(null);
        assertTrue(end.problem().orElse("").contains("record_min_free_mb"), end::toString);
        assertEquals(Optional.of("Recording failed: the server's disk is full"), end.info());
    }

    @Test
    void folderThatCannotBe_isRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        RecordingFixture studio = new RecordingFixture(file.resolve("records"), take);
        Refusal refused = assertThrows(Refusal.class, studio::record);
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
        assertEquals("Recording failed: the server cannot write the file", refused.info());
    }

    @Test
    void killed_theNextStartFinishesTheFilm() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        RecordingFixture studio =
                new RecordingFixture(folder, take, "stream_record_policy_template", "rec-{endTime}-{duration}");
        Recorder recorder = studio.record();
        studio.play(take);
        // as a killed process leaves it
        Files.copy(
                folder.resolve("rec-{endTime}-{duration}.mp4.tmp"), other.resolve("rec-{endTime}-{duration}.mp4.tmp"));
        Files.write(other.resolve("half.mp4.fin.tmp"), new byte[100]);
        Files.write(other.resolve("empty.mp4.tmp"), new byte[0]);
        Files.write(other.resolve("foreign.mp4.tmp"), new byte[100]);

        Path told = folder.resolve("told.txt");
        RecordingFixture next = new RecordingFixture(
                other,
                take,
                "on_record_hook_script",
                script("echo \"$1|$2\" >> " + told).toString());
        next.recordings.start();
        assertEquals(2, next.files().size(), next.files()::toString);
        assertTrue(next.files().contains("foreign.mp4.tmp"), "what is not ours is left alone");
        String name = next.files().stream()
                .filter(file -> file.startsWith("rec"))
                .findFirst()
                .orElseThrow();
        assertTrue(name.matches("rec-\\d{13}-4\\d{3}\\.mp4"), name);
        assertEquals(List.of("camera|" + other.resolve(name)), Files.readAllLines(told));
        Probe.decodesCleanly(other.resolve(name));
        assertTrue(Probe.duration(other.resolve(name)) > 4, "all but the last second");

        studio.stop(recorder);
        assertTrue(studio.files().stream().anyMatch(file -> file.matches("rec-\\d{13}-[45]\\d{3}\\.mp4")));
    }

    @Test
    void recordingInProgress_isNoLeftover() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        Recorder recorder = studio.record();
        studio.play(take);
        new RecordingFixture(folder, take).recordings.start();
        assertEquals(List.of("rec.mp4.tmp"), studio.files());
        assertEquals(Optional.of("rec.mp4"), studio.stop(recorder).fileName());
    }

    @Test
    void serverThatStops_leavesTheRestToTheNextStart() throws Exception {
        boolean[] stopped = new boolean[1];
        RecordingFixture studio = new RecordingFixture(folder, take, task -> {
            if (stopped[0]) {
                throw new RejectedExecutionException("stopped");
            }
            task.run();
        });
        Recorder recorder = studio.record();
        studio.play(take);
        stopped[0] = true;
        studio.stop(recorder);
        studio.loop.run(10_000_000);
        RecordEnd end = recorder.finished().toCompletableFuture().getNow(null);
        assertTrue(end.problem().orElse("").contains("starts again"), end::toString);
        assertEquals(Optional.of("Recording failed: the server is too slow"), end.info(), "the publisher is told");
        new RecordingFixture(folder, take).recordings.start();
        assertEquals(List.of("rec.mp4"), studio.files());
        Probe.decodesCleanly(folder.resolve("rec.mp4"));
    }

    @Test
    void threadsThatAreNotToBeHadForAWhile_costTheRecordingNothing() throws Exception {
        boolean[] none = new boolean[1];
        RecordingFixture studio = new RecordingFixture(folder, take, task -> {
            if (none[0]) {
                throw new RejectedExecutionException("all are taken");
            }
            task.run();
        });
        Recorder recorder = studio.record();
        none[0] = true;
        studio.play(take);
        assertFalse(recorder.finished().toCompletableFuture().isDone());
        none[0] = false;
        studio.loop.run(1_000_000);
        RecordEnd end = studio.stop(recorder);
        assertEquals(Optional.empty(), end.problem());
        assertEquals(
                take.frames().stream().filter(Frame::isVideo).count(),
                Probe.hashes(end.file().orElseThrow(), "v").size());
    }

    @Test
    void hook_learnsOfEachFile() throws Exception {
        Path told = folder.resolve("told.txt");
        RecordingFixture studio = new RecordingFixture(
                folder.resolve("records"),
                take,
                "on_record_hook_script",
                script("echo \"$1|$2\" >> " + told).toString(),
                "record_rotation",
                "2");
        Path film = studio.film(take);
        assertEquals(
                List.of(
                        "camera|" + film.resolveSibling("rec_1.mp4"),
                        "camera|" + film.resolveSibling("rec_2.mp4"),
                        "camera|" + film),
                Files.readAllLines(told));
    }

    @Test
    void hook_hasTheSameInItsEnvironment() throws Exception {
        Path told = folder.resolve("told.txt");
        RecordingFixture studio = new RecordingFixture(
                folder.resolve("records"),
                take,
                "on_record_hook_script",
                script("echo \"$REELCAST_STREAM_NAME|$REELCAST_RECORD_FILE\" >> " + told)
                        .toString());
        Path film = studio.film(take);
        assertEquals(List.of("camera|" + film), Files.readAllLines(told));
    }

    @Test
    void hookThatDoesNotEnd_isEnded() throws Exception {
        RecordingFixture studio = new RecordingFixture(
                folder.resolve("records"),
                take,
                "on_record_hook_script",
                script("sleep 60 & sleep 60").toString(),
                "on_record_hook_timeout",
                "300");
        long before = System.nanoTime();
        studio.film(take);
        assertTrue(System.nanoTime() - before < 30_000_000_000L);
    }

    @Test
    void hookThatFails_changesNothing() throws Exception {
        RecordingFixture failing = new RecordingFixture(
                folder.resolve("records"),
                take,
                "on_record_hook_script",
                script("head -c 100000 /dev/zero | tr '\\0' x; exit 3").toString());
        assertTrue(Files.exists(failing.film(take)));
        RecordingFixture missing =
                new RecordingFixture(folder.resolve("records"), take, "on_record_hook_script", "/no/such/script");
        assertTrue(Files.exists(missing.film(take)));
    }

    private Path script(String line) throws IOException {
        Path script = Files.writeString(folder.resolve("hook.sh"), "#!/bin/sh\n" + line + "\n");
        assertTrue(script.toFile().setExecutable(true));
        return script;
    }
}
