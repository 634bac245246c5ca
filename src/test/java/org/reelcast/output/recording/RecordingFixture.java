package org.reelcast.output.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.reelcast.config.Settings;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.refusal.Refusal;
import org.reelcast.stream.Stream;
import org.reelcast.stream.TestStreams;

/** A stream on a loop without a clock, and recordings of it whose tasks run at once. */
final class RecordingFixture {
    final FakeLoop loop = new FakeLoop();
    final Path folder;
    final Recordings recordings;
    final Settings settings;
    final Stream stream;
    final long zeroUs;
    int keyFrameRequests;

    RecordingFixture(Path folder, PublishedClip take, String... settings) {
        this(folder, take, Runnable::run, settings);
    }

    RecordingFixture(Path folder, PublishedClip take, Executor executor, String... settings) {
        this(folder, take, executor, false, settings);
    }

    /** @param film whether the stream is a film's, whose key frames come when they come */
    RecordingFixture(Path folder, PublishedClip take, Executor executor, boolean film, String... settings) {
        this.folder = folder;
        Map<String, String> values = new HashMap<>(Map.of(
                "record_dir", folder.toString(), "record_min_free_mb", "0", "stream_record_policy_template", "rec"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        this.settings = Settings.of(values);
        recordings = new Recordings(this.settings, executor, executor);
        Optional<Format> video =
                take.frames().stream().filter(Frame::isVideo).findFirst().map(Frame::format);
        Optional<Format> audio = take.frames().stream()
                .filter(frame -> !frame.isVideo())
                .findFirst()
                .map(Frame::format);
        stream = film
                ? TestStreams.film("film", loop, video, audio)
                : TestStreams.camera("session", "camera", loop, video, audio, () -> keyFrameRequests++);
        zeroUs = loop.nowUs() + 1_000_000;
    }

    Recorder record() throws Refusal {
        Recorder recorder = recordings.start(TestStreams.hold(stream), request());
        loop.runTasks();
        return recorder;
    }

    RecordRequest request() {
        return RecordRequest.of(stream.mediaSessionId(), stream.name());
    }

    /** Lets the stream play. */
    void play(PublishedClip take) {
        for (Frame frame : take.frames()) {
            loop.runUntil(Math.max(loop.nowUs(), zeroUs + frame.presentationTimeUs()));
            TestStreams.publish(stream, frame.shifted(zeroUs));
        }
        loop.run(1_000_000);
    }

    RecordEnd stop(Recorder recorder) {
        var finished = recorder.stop();
        loop.runTasks();
        return finished.toCompletableFuture().getNow(null);
    }

    /** Records all of a take. */
    Path film(PublishedClip take) throws Refusal {
        Recorder recorder = record();
        play(take);
        RecordEnd end = stop(recorder);
        if (end.problem().isPresent()) {
            throw new AssertionError(end.problem().get());
        }
        return end.file().orElseThrow();
    }

    /** Names of all files, sorted. */
    List<String> files() throws IOException {
        List<String> names = new ArrayList<>();
        try (var files = Files.list(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        names.sort(null);
        return names;
    }
}
