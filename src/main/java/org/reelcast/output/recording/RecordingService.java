package org.reelcast.output.recording;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.Response;
import java.io.Closeable;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
import org.reelcast.signalling.Client;
import org.reelcast.signalling.PublishRecorder;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;
import org.reelcast.stream.Streams;
import org.reelcast.stream.TrackChoice;

/** Recording: finishes what was cut off when the server starts, records streams, and ends recordings with it. */
@ApplicationScoped
public class RecordingService implements Feature, PublishRecorder, JobWorker {
    private static final long FINISH_MS = 10_000;
    /** Recordings that are written to at the same time: a slow disk holds up that many before others wait. */
    private static final int WRITERS = 32;
    /** A recording is written to a few times a second. */
    private static final long LINGER_MS = 1_000;

    private static final long SWEEP_MIN = 10;
    private static final Holder HOLDER = Holder.output(Holder.RECORDING, TrackChoice.ORIGINAL);

    private static final String FIND = "recorder/find";
    private static final String ID = "mediaSessionId";

    /** Calls of REST open streams, and tell other nodes. */
    private static final int CALLS = 8;

    @Inject
    private ClusterService clusters;

    private Streams streams;
    private Recordings recordings;
    private Executor calls;
    private OwnerJobs jobs;

    /** For the container. */
    public RecordingService() {}

    @Override
    public Stage stage() {
        return Stage.OUTPUT;
    }

    @Override
    public Closeable start(ServerContext server) {
        streams = server.streams();
        recordings = new Recordings(
                server.settings(), new BoundedExecutor(server.executor(), WRITERS, LINGER_MS), server.executor());
        recordings.start();
        calls = new BoundedExecutor(server.executor(), CALLS, LINGER_MS);
        jobs = new OwnerJobs(clusters.cluster(), "recording", this);
        AllNodes.answerFind(clusters.cluster(), FIND, nothing -> find());
        Future<?> sweeps = server.scheduler()
                .scheduleWithFixedDelay(
                        () -> server.shortTasks().execute(() -> recordings.deleteOld(System.currentTimeMillis())),
                        SWEEP_MIN,
                        SWEEP_MIN,
                        TimeUnit.MINUTES);
        server.afterStart(jobs::open);
        return () -> {
            sweeps.cancel(false);
            recordings.close(FINISH_MS);
        };
    }

    Recordings recordings() {
        return recordings;
    }

    /** The recordings of all nodes. */
    CompletionStage<Response> findOnAll() {
        return AllNodes.found(
                clusters.cluster(),
                FIND,
                RequestBody.of("{}"),
                find(),
                recorder -> recorder.getString(ID),
                StatusText.RECORDING_NOT_FOUND);
    }

    private JsonArray find() {
        JsonArrayBuilder array = Json.createArrayBuilder();
        recordings
                .all()
                .forEach(recorder -> array.add(Json.createObjectBuilder()
                        .add("fileName", recorder.fileName())
                        .add(ID, recorder.request().mediaSessionId())));
        return array.build();
    }

    /** What {@link #record} and {@link #stopAnywhere} are called by. */
    @Override
    public Executor tasks() {
        return calls;
    }

    /**
     * Records a running stream that others can join: a film from now on, a camera from its next key frame on. Another
     * node goes on with it when this one dies or is stopped, if the stream goes on there.
     *
     * @param template of the file's name; by {@code stream_record_policy} when empty
     * @param rotation by {@code record_rotation} when empty
     * @throws Refusal {@code Stream not found}, or when the folder cannot be written or there is no room
     */
    @Blocking
    void record(String mediaSessionId, Optional<String> template, Optional<Rotation> rotation) throws Refusal {
        Recorder recorder = begin(mediaSessionId, template, rotation);
        JsonObjectBuilder body = Json.createObjectBuilder();
        template.ifPresent(text -> body.add("template", text));
        rotation.ifPresent(value -> body.add("rotation", value.text()));
        jobs.started(mediaSessionId, body.build());
        whenOver(mediaSessionId, recorder);
    }

    private Recorder begin(String mediaSessionId, Optional<String> template, Optional<Rotation> rotation)
            throws Refusal {
        Hold hold = streams.openByMediaSession(mediaSessionId, HOLDER);
        return recordings.start(
                hold, new RecordRequest(mediaSessionId, hold.stream().name(), "", "", template, rotation));
    }

    /** Who ends by itself has done the job; not one that is stopped since another node has it, or with the server. */
    private void whenOver(String mediaSessionId, Recorder recorder) {
        recorder.finished().whenComplete((end, failure) -> {
            if (recordings.all().stream()
                    .noneMatch(other -> other != recorder
                            && other.request().mediaSessionId().equals(mediaSessionId))) {
                jobs.finished(mediaSessionId);
            }
        });
    }

    @Override
    public void start(String id, JsonObject body) throws Refusal {
        whenOver(
                id,
                begin(
                        id,
                        Optional.ofNullable(body.getString("template", null)),
                        Optional.ofNullable(body.getString("rotation", null)).flatMap(Rotation::parse)));
    }

    @Override
    public void stop(String id) {
        recordings.stop(id);
    }

    /**
     * Stops the recording of a media session, on whichever node it is.
     *
     * @return completes when the film is finished, of another node's at once; empty when there is none
     */
    @Blocking
    Optional<CompletionStage<?>> stopAnywhere(String mediaSessionId) {
        Optional<CompletionStage<?>> here = recordings.stop(mediaSessionId).map(end -> end);
        return here.isPresent() || !jobs.end(mediaSessionId)
                ? here
                : Optional.of(CompletableFuture.completedStage(null));
    }

    @Override
    public Optional<Recording> record(Stream stream, Client client) throws Refusal {
        if (!recordings.recordsPublished()) {
            return Optional.empty();
        }
        Hold hold = streams.openByMediaSession(stream.mediaSessionId(), HOLDER);
        Recorder recorder = recordings.start(
                hold,
                new RecordRequest(
                        stream.mediaSessionId(),
                        stream.name(),
                        client.login(),
                        client.address(),
                        Optional.empty(),
                        Optional.empty()),
                client.remote());
        return Optional.of(() -> recorder.finished().thenApply(end -> new End(end.fileName(), end.reason())));
    }
}
