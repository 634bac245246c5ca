package org.reelcast.output.snapshot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import java.io.Closeable;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.config.Keys;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.loop.MonotonicClock;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;
import org.reelcast.signalling.Client;
import org.reelcast.signalling.Message;
import org.reelcast.signalling.MessageHandler;
import org.reelcast.signalling.StreamStatusEvent;

/** Pictures of running streams, for clients' {@code snapshot} messages and for REST. */
@ApplicationScoped
public class SnapshotService implements Feature, MessageHandler {
    private static final Logger LOG = Logger.getLogger(SnapshotService.class.getName());
    private static final long LINGER_MS = 3_000;
    /** Threads that write to clients, who may be slow to read. */
    private static final int ANSWERS = 16;

    private Snapshots snapshots;
    private Executor answers;

    /** For the container. */
    public SnapshotService() {}

    @Override
    public Stage stage() {
        return Stage.OUTPUT;
    }

    @Override
    public Closeable start(ServerContext server) {
        int limitMs = server.settings().get(Keys.SNAPSHOT_TAKING_INTERVAL_MS);
        long limitUs = limitMs * 1000L;
        // a decoder or encoder at a time for each core
        Executor cores =
                new BoundedExecutor(server.executor(), Runtime.getRuntime().availableProcessors(), LINGER_MS);
        ImageTasks tasks = new ImageTasks(cores, MonotonicClock::nowUs, limitUs);
        snapshots = new Snapshots(server.streams(), tasks, limitUs, server.loops()::saturation);
        answers = new BoundedExecutor(server.executor(), ANSWERS, LINGER_MS);
        return () -> tasks.close(limitMs);
    }

    Snapshots snapshots() {
        return snapshots;
    }

    /** Runs what is done with a finished snapshot, which may block for a while. */
    Executor answers() {
        return answers;
    }

    @Override
    public Set<String> messages() {
        return Set.of("snapshot");
    }

    /** {@code {"name":"test","mediaSessionId":"..."}}; the id is that of the client's own part, played or not. */
    @Override
    public void onMessage(Message message, Client client) {
        String id = message.string("mediaSessionId");
        String name = message.string("name");
        if (!client.begin()) {
            client.send(failed(
                    client,
                    id,
                    name,
                    new Refusal(
                            StatusText.SERVER_IS_OVERLOADED, client.address() + " has asked for too many at once")));
            return;
        }
        snapshots
                .take(name, OptionalInt.empty(), ImageFormat.PNG, client.remote())
                .whenCompleteAsync(
                        (image, failure) -> client.send(
                                failure == null
                                        ? completed(id, image)
                                        : failed(client, id, name, Snapshots.cause(failure))),
                        answers)
                .whenComplete((image, failure) -> client.done());
    }

    private static String completed(String id, Image image) {
        return StreamStatusEvent.streamEvent(
                id,
                "snapshotCompleted",
                Message.JSON
                        .createObjectBuilder()
                        .add("snapshot", Base64.getEncoder().encodeToString(image.bytes()))
                        .build());
    }

    private static String failed(Client client, String id, String name, Throwable failure) {
        StatusText info = StatusText.FAILED_BY_ERROR;
        if (failure instanceof Refusal refusal) {
            info = refusal.status();
            client.log(
                    info == StatusText.SNAPSHOT_NOT_DECODED || info == StatusText.SNAPSHOT_TIMED_OUT
                            ? Level.WARNING
                            : Level.FINE,
                    () -> "No snapshot of " + name + ": " + refusal.getMessage());
        } else {
            LOG.log(Level.SEVERE, "Unexpected error when a snapshot of " + name + " was to be taken", failure);
        }
        JsonObject payload =
                Message.JSON.createObjectBuilder().add("info", info.text()).build();
        return StreamStatusEvent.streamEvent(id, "snapshotFailed", payload);
    }
}
