package org.reelcast.output.push;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.Response;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.reelcast.cluster.ClusterService;
import org.reelcast.cluster.JobWorker;
import org.reelcast.cluster.OwnerJobs;
import org.reelcast.loop.Blocking;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rest.AllNodes;
import org.reelcast.rest.RequestBody;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;

/** Pushing streams to RTMP servers: by one node of all, another goes on when that one dies or is stopped. */
@ApplicationScoped
public class PushService implements Feature, JobWorker {
    private static final long END_MS = 3_000;
    private static final long LINGER_MS = 1_000;
    /** Calls that wait for a server to take a stream, and those that may wait for them. */
    private static final int STARTING = 8;

    private static final int WAITING = 64;
    private static final String FIND = "push/find";
    private static final String MUTE = "push/mute";
    private static final String MUTED = "muted";

    @Inject
    private ClusterService clusters;

    private Pushes pushes;
    private Executor starters;
    private OwnerJobs jobs;

    /** For the container. */
    public PushService() {}

    @Override
    public Stage stage() {
        return Stage.OUTPUT;
    }

    @Override
    public Closeable start(ServerContext server) throws IOException {
        pushes = new Pushes(
                server.streams(),
                PushRules.of(server.settings()),
                new BoundedExecutor(server.executor(), PushRules.MOST, LINGER_MS));
        starters = new BoundedExecutor(server.executor(), STARTING, LINGER_MS, WAITING);
        jobs = new OwnerJobs(clusters.cluster(), "push", this);
        AllNodes.answerFind(clusters.cluster(), FIND, this::find);
        AllNodes.answerDone(clusters.cluster(), MUTE, this::mute);
        server.afterStart(jobs::open);
        return () -> pushes.close(END_MS);
    }

    /** Runs what waits for an RTMP server. */
    @Override
    public Executor tasks() {
        return starters;
    }

    /**
     * Starts to push a stream, unless a node does already. Blocks until the server takes it.
     *
     * @param isFullUrl whether the URL holds the name of the stream there, too
     */
    Push startup(String streamName, String rtmpUrl, boolean isFullUrl) throws Refusal {
        PushTarget target = pushes.target(streamName, rtmpUrl, isFullUrl);
        String mediaSessionId = UUID.randomUUID().toString();
        return jobs.begin(
                id(target),
                body(target, mediaSessionId, false),
                StatusText.PUSH_ALREADY_RUNS,
                () -> watched(pushes.startup(target, mediaSessionId)));
    }

    private Push watched(Push push) {
        push.ended().thenRun(() -> jobs.finished(id(push.target())));
        return push;
    }

    /** Goes to logs: the URL may hold a password. */
    private static String id(PushTarget target) {
        return target.streamName() + " to " + target.host() + "/"
                + UUID.nameUUIDFromBytes(target.rtmpUrl().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject body(PushTarget target, String mediaSessionId, boolean muted) {
        return Json.createObjectBuilder()
                .add(PushJson.STREAM, target.streamName())
                .add(PushJson.URL, target.rtmpUrl())
                .add(PushJson.FULL_URL, target.isFullUrl())
                .add(PushJson.ID, mediaSessionId)
                .add(MUTED, muted)
                .build();
    }

    @Override
    public void start(String id, JsonObject body) throws Refusal {
        Push push = pushes.startup(
                pushes.target(
                        body.getString(PushJson.STREAM),
                        body.getString(PushJson.URL),
                        body.getBoolean(PushJson.FULL_URL)),
                body.getString(PushJson.ID));
        push.mute(body.getBoolean(MUTED));
        watched(push);
    }

    @Override
    public void stop(String id) {
        pushes.all().stream().filter(push -> id(push.target()).equals(id)).forEach(Push::stop);
    }

    Optional<Push> find(String mediaSessionId) {
        return pushes.find(mediaSessionId);
    }

    /** Ends one of another node. */
    @Blocking
    void endElsewhere(String mediaSessionId) throws Refusal {
        if (!jobs.end(body -> body.getString(PushJson.ID).equals(mediaSessionId))) {
            throw new Refusal(StatusText.PUSH_NOT_FOUND, "No stream is pushed with that mediaSessionId");
        }
    }

    /** Those of all nodes that match all fields given. */
    CompletionStage<Response> findOnAll(RequestBody body) {
        return AllNodes.found(
                clusters.cluster(),
                FIND,
                body,
                find(body),
                push -> push.getString(PushJson.ID),
                StatusText.PUSH_NOT_FOUND);
    }

    private JsonArray find(RequestBody body) {
        Predicate<Push> criteria = PushJson.criteria(body);
        JsonArrayBuilder array = Json.createArrayBuilder();
        pushes.all().stream().filter(criteria).forEach(push -> array.add(PushJson.of(push)));
        return array.build();
    }

    /** On whichever node it is. */
    CompletionStage<Response> muteOnAll(String mediaSessionId, boolean muted) {
        RequestBody body = RequestBody.of(Json.createObjectBuilder()
                .add(PushJson.ID, mediaSessionId)
                .add(MUTED, muted)
                .build()
                .toString());
        return AllNodes.done(clusters.cluster(), MUTE, body, mute(body), StatusText.PUSH_NOT_FOUND);
    }

    private int mute(RequestBody body) {
        Optional<Push> push = pushes.find(body.string(PushJson.ID).orElse(""));
        push.ifPresent(found -> {
            found.mute(body.bool(MUTED).orElse(false));
            jobs.changed(id(found.target()), () -> body(found.target(), found.mediaSessionId(), found.isMuted()));
        });
        return push.isPresent() ? 1 : 0;
    }
}
