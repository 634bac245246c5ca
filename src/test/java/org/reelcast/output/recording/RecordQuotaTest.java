package org.reelcast.output.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.mp4.write.Probe;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.TestStreams;

/** How long recordings are, how many, how old, and who else may be at their folder. */
class RecordQuotaTest {
    private static final long HOUR_MS = 3_600_000;
    private static PublishedClip take;

    @TempDir
    Path folder;

    @BeforeAll
    static void make() throws Exception {
        take = PublishedClip.flash("320x240", 5);
    }

    @Test
    void longestRecording_isAFilmOfThatLength_andThePublisherGoesOn() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take, "record_max_seconds", "2");
        Recorder recorder = studio.record();
        studio.play(take);
        RecordEnd end = recorder.finished().toCompletableFuture().getNow(null);
        assertTrue(end != null && end.problem().isEmpty(), "it ended by itself");
        Probe.decodesCleanly(end.file().orElseThrow());
        assertEquals(2, Probe.duration(end.file().orElseThrow()), 0.1);
        assertFalse(studio.stream.isRetired());
        assertFalse(studio.recordings.isRecording("session"));
    }

    @Test
    void longestRecording_isThatOfAllParts() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take, "record_max_seconds", "2", "record_rotation", "1");
        studio.record();
        studio.play(take);
        double seconds = 0;
        for (String part : studio.files()) {
            seconds += Probe.duration(folder.resolve(part));
        }
        assertEquals(2, seconds, 0.2);
    }

    private Recorder record(RecordingFixture studio, String id, String publisher) throws Refusal {
        return studio.recordings.start(TestStreams.hold(studio.stream), RecordRequest.of(id, "camera"), publisher);
    }

    @Test
    void publishersOfOneAddress_haveSoManyRecordings() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take, "record_max_per_client", "2");
        Recorder first = record(studio, "a", "192.0.2.1");
        record(studio, "b", "192.0.2.1");
        assertEquals(
                StatusText.SERVER_IS_OVERLOADED,
                assertThrows(Refusal.class, () -> record(studio, "c", "192.0.2.1"))
                        .status());
        record(studio, "d", "192.0.2.2");
        for (int i = 0; i < 5; i++) {
            record(studio, "local" + i, "127.0.0.1");
        }
        studio.loop.runTasks();
        studio.stop(first);
        record(studio, "c", "192.0.2.1");
    }

    @Test
    void filmsThatAreOlder_areDeleted_othersAreNot() throws IOException {
        RecordingFixture studio = new RecordingFixture(folder, take, "record_max_age", "24");
        long now = System.currentTimeMillis();
        for (String name : List.of("old.mp4", "new.mp4", "old.txt", "old.mp4.tmp")) {
            Path file = Files.createFile(folder.resolve(name));
            Files.setLastModifiedTime(file, FileTime.fromMillis(now - (name.startsWith("old") ? 25 : 23) * HOUR_MS));
        }
        studio.recordings.deleteOld(now);
        assertEquals(List.of("new.mp4", "old.mp4.tmp", "old.txt"), studio.files());
        new RecordingFixture(folder, take).recordings.deleteOld(now + 1000 * HOUR_MS);
        assertEquals(List.of("new.mp4", "old.mp4.tmp", "old.txt"), studio.files());
    }

    /** A file of this process that is locked is to us as one of another. */
    @Test
    void whatAnotherServerFinishes_isLeftToIt() throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        Path film = studio.film(take);
        Path cutOff = folder.resolve("cut.mp4.tmp");
        Path half = folder.resolve("cut.mp4.fin.tmp");
        Files.move(film, cutOff);
        Files.createFile(half);
        RecordFolder other = new RecordFolder(folder, 0, 0);
        try (FileChannel channel = FileChannel.open(cutOff, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertTrue(lock.isValid());
            assertEquals(List.of(), other.leftovers());
            assertEquals(Optional.empty(), other.finish(cutOff));
            assertEquals(List.of("cut.mp4.fin.tmp", "cut.mp4.tmp"), studio.files());
        }
        assertEquals(List.of(cutOff), other.leftovers());
        assertFalse(Files.exists(half));
        Files.delete(cutOff);
        assertEquals(Optional.empty(), other.finish(cutOff), "another one was faster");
    }
}
