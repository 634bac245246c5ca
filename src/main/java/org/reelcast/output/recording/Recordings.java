package org.reelcast.output.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.sharing.ClientAddresses;
import org.reelcast.stream.Hold;

/** All recordings of the server: who records what. Safe for several threads; nothing here blocks on media. */
public final class Recordings {
    private static final Logger LOG = Logger.getLogger(Recordings.class.getName());

    private final RecordSettings settings;
    private final boolean publishedToo;
    private final RecordFolder folder;
    private final Finishing finishing;
    private final Executor writers;
    private final Map<String, Recorder> running = new ConcurrentHashMap<>();
    private final ClientAddresses publishers;

    /**
     * @param writers  for short tasks that write what has come of a recording
     * @param executor for tasks that take long: finishing a film, the hook
     */
    public Recordings(Settings settings, Executor writers, Executor executor) {
        this.settings = RecordSettings.of(settings);
        this.publishedToo = settings.get(Keys.RECORD_STREAMS);
        this.writers = writers;
        this.publishers = new ClientAddresses(this.settings.mostOfOne());
        if (!this.settings.template().contains("{random}")) {
            LOG.warning(() -> "Names of recordings are " + this.settings.template() + ": who guesses one has it; put "
                    + "{random} into stream_record_policy_template");
        }
        folder = new RecordFolder(this.settings.folder(), this.settings.minFreeBytes(), this.settings.maxBytes());
        finishing =
                new Finishing(folder, executor, new RecordHook(this.settings.hook(), this.settings.hookMs(), executor));
    }

    /** Finishes what an earlier process left; call it once, before the first recording. Returns at once. */
    public void start() {
        try {
            for (Path leftover : folder.leftovers()) {
                LOG.info(() -> "Finishing " + leftover + ", which was cut off");
                try {
                    finishLeftover(leftover);
                } catch (NoSuchFileException e) {
                    LOG.info(() -> leftover + " was finished by another server");
                }
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Recordings that were cut off could not be looked for: " + e.getMessage());
        }
    }

    /** Deletes films that are older than {@code record_max_age}. @param nowMs wall clock */
    void deleteOld(long nowMs) {
        if (settings.maxAgeMs() > 0 && Files.isDirectory(settings.folder())) {
            try {
                folder.deleteBefore(nowMs - settings.maxAgeMs());
            } catch (IOException e) {
                LOG.log(Level.WARNING, "Old recordings could not be deleted: {0}", e.toString());
            }
        }
    }

    private void finishLeftover(Path leftover) throws IOException {
        Path file = leftover;
        Optional<Long> durationUs = RecordFolder.durationUs(leftover);
        if (durationUs.isPresent()) {
            file = folder.rename(
                    leftover,
                    NameTemplate.end(
                            RecordFolder.nameOf(leftover),
                            Files.getLastModifiedTime(leftover).toMillis(),
                            durationUs.get()));
        }
        finishing.finish(file, RecordFolder.streamNameOf(file).orElse(RecordFolder.nameOf(file)));
    }

    /** Whether publishers that ask for it are recorded ({@code record_streams}). */
    public boolean recordsPublished() {
        return publishedToo;
    }

    /**
     * Starts to record: a film from now on, a camera from its next key frame on, for which it is asked. A recording of
     * the same media session that runs is stopped first.
     *
     * @param hold on the stream; closed when the film is finished, or at once when this throws
     * @throws Refusal when the folder cannot be written or there is no room
     */
    public Recorder start(Hold hold, RecordRequest request) throws Refusal {
        return start(hold, request, "");
    }

    /** The same for who publishes from an address, which may have {@code record_max_per_client} in progress. */
    Recorder start(Hold hold, RecordRequest request, String publisher) throws Refusal {
        boolean counted = false;
        try {
            checkFolder();
            counted = publishers.enter(publisher);
            if (!counted) {
                throw new Refusal(
                        StatusText.SERVER_IS_OVERLOADED,
                        publisher + " has record_max_per_client=" + settings.mostOfOne() + " recordings in progress");
            }
        } finally {
            if (!counted) {
                hold.close();
            }
        }
        Recorder recorder = new Recorder(
                hold,
                request,
                new RecordingWriter(hold, request, settings, folder, finishing, Part::open, System::currentTimeMillis),
                writers);
        Recorder before = running.put(request.mediaSessionId(), recorder);
        if (before != null) {
            before.stop();
        }
        recorder.finished().whenComplete((end, failure) -> {
            running.remove(request.mediaSessionId(), recorder);
            publishers.leave(publisher);
        });
        recorder.start();
        return recorder;
    }

    private void checkFolder() throws Refusal {
        Optional<String> full;
        try {
            folder.prepare();
            full = folder.whyFull();
        } catch (IOException e) {
            throw new Refusal(
                    StatusText.RECORDING_NOT_WRITABLE,
                    "Recordings cannot be written to " + settings.folder() + ": " + e);
        }
        if (full.isPresent()) {
            throw new Refusal(StatusText.RECORDING_DISK_FULL, full.get());
        }
        if (!Files.isWritable(settings.folder())) {
            throw new Refusal(
                    StatusText.RECORDING_NOT_WRITABLE,
                    "Recordings cannot be written to " + settings.folder() + ": the server may not write there");
        }
    }

    /**
     * Stops the recording of a media session.
     *
     * @return completes when the film is finished; empty when there is none
     */
    public Optional<CompletionStage<RecordEnd>> stop(String mediaSessionId) {
        // it is listed no more when the caller hears of the end
        return Optional.ofNullable(running.get(mediaSessionId))
                .map(recorder ->
                        recorder.stop().whenComplete((end, failure) -> running.remove(mediaSessionId, recorder)));
    }

    /** Whether the media session is being recorded. */
    public boolean isRecording(String mediaSessionId) {
        return running.containsKey(mediaSessionId);
    }

    /** The recordings that run or are being finished. */
    public List<Recorder> all() {
        return List.copyOf(running.values());
    }

    /** Stops all and waits for the films to be finished, at most so long; the next start finishes the others. */
    public void close(long limitMs) {
        CompletableFuture<?>[] ends = running.values().stream()
                .map(recorder -> recorder.stop().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(limitMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("The server stops before all recordings are finished; the next start goes on with them");
        }
    }
}
