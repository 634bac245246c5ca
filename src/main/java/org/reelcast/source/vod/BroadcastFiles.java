package org.reelcast.source.vod;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;

/**
 * The broadcasts that REST has started and that run, one file each, so that they go on when the server starts again
 * ({@code vod_live_resume}). Files are written by tasks, never by who says what changed.
 */
@AnyThread
final class BroadcastFiles {
    private static final Logger LOG = Logger.getLogger(BroadcastFiles.class.getName());
    private static final String SUFFIX = ".json";
    private static final String TEMPORARY = ".tmp";
    /** A file of ours is shorter, however long the names. */
    private static final long MAX_BYTES = 256 << 10;

    /** Null = nothing is kept. */
    private final Path folder;

    private final Executor writers;
    /** By media session id: those that are kept. */
    private final Map<String, Broadcast> kept = new ConcurrentHashMap<>();
    /** By media session id: those of an earlier run of the server that do not run yet. */
    private final Map<String, Broadcast> waiting = new ConcurrentHashMap<>();
    /** Media session ids of files that are not as they should be. */
    private final Map<String, Boolean> changed = new ConcurrentHashMap<>();

    /** A broadcast that runs. @param timeline null before it is settled */
    record Broadcast(String mediaSessionId, String name, String uri, BroadcastTimeline timeline) {

        private JsonObject toJson() {
            return Json.createObjectBuilder()
                    .add("mediaSessionId", mediaSessionId)
                    .add("name", name)
                    .add("uri", uri)
                    .add("timeline", timeline.toJson())
                    .build();
        }

        private static Broadcast parse(String text) {
            try (JsonReader reader = Json.createReader(new StringReader(text))) {
                JsonObject json = reader.readObject();
                return new Broadcast(
                        json.getString("mediaSessionId"),
                        json.getString("name"),
                        json.getString("uri"),
                        BroadcastTimeline.of(json.getJsonObject("timeline")));
            } catch (NullPointerException | ClassCastException e) {
                throw new JsonException("A field is missing or has another type: " + e.getMessage(), e);
            }
        }
    }

    private BroadcastFiles(Path folder, Executor writers) {
        this.folder = folder;
        this.writers = writers;
    }

    /** Keeps nothing. */
    static BroadcastFiles none() {
        return new BroadcastFiles(null, Runnable::run);
    }

    /** @param writers run the tasks that write */
    static BroadcastFiles in(Path folder, Executor writers) {
        return new BroadcastFiles(folder, writers);
    }

    /** From now on the broadcast is kept. */
    void keep(String mediaSessionId, VodUri uri, String name) {
        if (folder != null) {
            kept.put(mediaSessionId, new Broadcast(mediaSessionId, name, uri.text(), null));
        }
    }

    /** What a broadcast shows when has changed; of one that is not kept nobody takes note. */
    void changed(String mediaSessionId, BroadcastTimeline timeline) {
        if (kept.computeIfPresent(mediaSessionId, (id, old) -> new Broadcast(id, old.name(), old.uri(), timeline))
                != null) {
            write(mediaSessionId);
        }
    }

    /** One of an earlier run that does not run yet, of that URI or name. */
    Optional<Broadcast> waiting(String uri) {
        return waiting.values().stream()
                .filter(each -> each.uri().equals(uri) || each.name().equals(uri))
                .findFirst();
    }

    /** Forgets those of an earlier run that do not run yet and for which {@code criteria} holds. @return how many */
    int forgetWaiting(Predicate<Broadcast> criteria) {
        List<Broadcast> found = waiting.values().stream().filter(criteria).toList();
        found.forEach(each -> forget(each.mediaSessionId()));
        return found.size();
    }

    boolean isWaiting(Broadcast earlier) {
        return waiting.containsKey(earlier.mediaSessionId());
    }

    /** It runs again. @return false when it was forgotten meanwhile */
    boolean resumed(Broadcast earlier) {
        return waiting.remove(earlier.mediaSessionId()) != null;
    }

    /** The broadcast is over. */
    void forget(String mediaSessionId) {
        waiting.remove(mediaSessionId);
        if (kept.remove(mediaSessionId) != null) {
            write(mediaSessionId);
        }
    }

    private void write(String mediaSessionId) {
        changed.put(mediaSessionId, true);
        try {
            writers.execute(this::flush);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.FINE, "The broadcast is written with the next one", e);
        }
    }

    /** Writes what is not written yet. */
    @Blocking
    synchronized void flush() {
        for (String mediaSessionId : changed.keySet()) {
            changed.remove(mediaSessionId);
            Broadcast now = kept.get(mediaSessionId);
            Path file = folder.resolve(mediaSessionId + SUFFIX);
            try {
                if (now == null) {
                    Files.deleteIfExists(file);
                } else if (now.timeline() != null) {
                    Files.createDirectories(folder);
                    Path part = folder.resolve(mediaSessionId + TEMPORARY);
                    Files.writeString(part, now.toJson().toString());
                    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (IOException e) {
                LOG.log(
                        Level.WARNING,
                        "The state of a broadcast cannot be kept, after a restart it does not go on as" + " it is: {0}",
                        e.toString());
            }
        }
    }

    /** The broadcasts that ran when the server stopped; they are kept on. */
    @Blocking
    List<Broadcast> load() {
        List<Broadcast> found = new ArrayList<>();
        if (folder != null && Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
                files.forEach(file -> read(file).ifPresent(found::add));
            } catch (IOException e) {
                LOG.log(
                        Level.WARNING,
                        "{0} cannot be read, broadcasts that ran are not started again: {1}",
                        new Object[] {folder, e.toString()});
            }
        }
        found.forEach(broadcast -> {
            kept.put(broadcast.mediaSessionId(), broadcast);
            waiting.put(broadcast.mediaSessionId(), broadcast);
        });
        return found;
    }

    private static Optional<Broadcast> read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it is too long");
            }
            Broadcast broadcast = Broadcast.parse(Files.readString(file));
            if (!file.getFileName().toString().equals(broadcast.mediaSessionId() + SUFFIX)) {
                throw new IOException("it has another name than its mediaSessionId");
            }
            return Optional.of(broadcast);
        } catch (IOException | JsonException e) {
            LOG.log(Level.WARNING, "{0} holds no broadcast and is left alone: {1}", new Object[] {file, e.getMessage()
            });
            return Optional.empty();
        }
    }
}
