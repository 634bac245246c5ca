package org.reelcast.process.transcoder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.Response;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.reelcast.cluster.ClusterService;
import org.reelcast.cluster.JobWorker;
import org.reelcast.cluster.OwnerJobs;
import org.reelcast.codec.encoders.CodecCapacity;
import org.reelcast.codec.encoders.VideoEncoders;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.live.decode.DecoderService;
import org.reelcast.live.encode.EncoderContext;
import org.reelcast.loop.Blocking;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rest.AllNodes;
import org.reelcast.rest.RequestBody;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;
import org.reelcast.stream.Stream;
import org.reelcast.stream.Streams;

/** Transcoding: comes up with the server, and has what REST asks for; of other nodes, when they die or are stopped. */
@ApplicationScoped
public class TranscoderService implements Feature, JobWorker {
    private static final long LINGER_MS = 3_000;
    /** What opens streams at the request of other nodes. */
    private static final int STARTING = 8;

    private static final String FIND = "transcoder/find";

    @Inject
    private DecoderService decoders;

    @Inject
    private ClusterService clusters;

    private Transcoders transcoders;
    private Streams streams;
    private OwnerJobs jobs;
    private Executor tasks;

    /** For the container. */
    public TranscoderService() {}

    @Override
    public Stage stage() {
        return Stage.SOURCE;
    }

    @Override
    public Closeable start(ServerContext server) throws IOException {
        Settings settings = server.settings();
        streams = server.streams();
        Executor encoding =
                new BoundedExecutor(server.executor(), Runtime.getRuntime().availableProcessors(), LINGER_MS);
        TranscoderContext means = new TranscoderContext(
                decoders.decoders(),
                EncoderContext.of(server),
                encoding,
                new TranscodingCosts(CodecCapacity.ofProcess()));
        tasks = new BoundedExecutor(server.executor(), STARTING, LINGER_MS);
        jobs = new OwnerJobs(clusters.cluster(), "transcoder", this);
        AllNodes.answerFind(clusters.cluster(), FIND, this::find);
        transcoders = new Transcoders(
                streams,
                means,
                new Watermarks(settings.get(Keys.WATERMARK_DIR)),
                clusters.origins(),
                uri -> jobs.finished(uri));
        OnDemand onDemand = new OnDemand(streams, means, settings.get(Keys.TRANSCODING_DISABLED), server.scheduler());
        streams.register(onDemand);
        streams.register(new AbrLadder(
                AbrProfiles.read(settings.get(Keys.HLS_ABR_PROFILES_FILE)), settings.get(Keys.TRANSCODING_DISABLED)));
        server.afterStart(jobs::open);
        return () -> {
            transcoders.endAll(StatusText.REQUESTED_STREAM_SHUTDOWN);
            onDemand.endAll(StatusText.REQUESTED_STREAM_SHUTDOWN);
        };
    }

    @Override
    public Executor tasks() {
        return tasks;
    }

    /**
     * Starts one, unless a node has one of that URI.
     *
     * @param remote name or URI of the source
     * @param local  name of what comes out
     */
    @Blocking
    void startup(String uri, String remote, String local, RequestedEncoding wish) throws Refusal {
        TranscodePlan plan = new TranscodePlan(Stream.newMediaSessionId(), local, wish);
        jobs.begin(
                uri, TranscoderFields.of(remote, plan, wish.watermark()), StatusText.STREAM_NAME_ALREADY_IN_USE, () -> {
                    transcoders.startup(uri, remote, plan);
                    return plan;
                });
    }

    @Override
    public void start(String id, JsonObject body) throws Refusal {
        transcoders.startup(id, body.getString(TranscoderFields.SOURCE), TranscoderFields.plan(body));
    }

    @Override
    public void stop(String id) {
        transcoders.terminate(id, StatusText.REQUESTED_STREAM_SHUTDOWN);
    }

    /** On whichever node it is. */
    @Blocking
    void terminate(String uri) throws Refusal {
        if (!transcoders.terminate(uri, StatusText.STOPPED_BY_REST_TERMINATE) && !jobs.end(uri)) {
            throw Transcoders.notFound(uri);
        }
    }

    /** Another watermark, of one that is here. @param name of the image; empty to take it away */
    void mark(String uri, Optional<String> name) throws Refusal {
        jobs.checkHere(uri, StatusText.STREAM_NOT_FOUND);
        transcoders.mark(uri, name);
        Transcoders.Entry entry = transcoders.get(uri);
        jobs.changed(
                uri,
                () -> TranscoderFields.of(
                        entry.remoteStreamName(), entry.transcode().plan(), name));
    }

    /** Those of all nodes that match all fields given. */
    CompletionStage<Response> findOnAll(RequestBody body) {
        return AllNodes.found(
                clusters.cluster(),
                FIND,
                body,
                find(body),
                entry -> entry.getString(TranscoderFields.MEDIA_SESSION),
                StatusText.STREAM_NOT_FOUND);
    }

    private JsonArray find(RequestBody body) {
        Predicate<Transcoders.Entry> criteria = TranscoderJson.criteria(body);
        String encoder = VideoEncoders.ofProcess().id();
        JsonArrayBuilder array = Json.createArrayBuilder();
        transcoders.all().stream().filter(criteria).forEach(entry -> array.add(TranscoderJson.of(entry, encoder)));
        return array.build();
    }

    /** What opens the stream of that name or URI is to be called by. */
    Executor opener(String nameOrUri) {
        return streams.opener(nameOrUri);
    }
}
