package org.reelcast.process.mixer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.Response;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.cluster.ClusterService;
import org.reelcast.cluster.JobWorker;
import org.reelcast.cluster.OwnerJobs;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.live.decode.DecoderService;
import org.reelcast.live.encode.EncoderContext;
import org.reelcast.live.images.ImageFolder;
import org.reelcast.loop.Blocking;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rest.AllNodes;
import org.reelcast.rest.RequestBody;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;
import org.reelcast.stream.Stream;

/**
 * Mixers: they come up with those who publish into rooms, and at the request of REST; those of other nodes when they die or
 * are stopped.
 */
@ApplicationScoped
public class MixerService implements Feature, JobWorker, Mixer.Listener {
    private static final Logger LOG = Logger.getLogger(MixerService.class.getName());
    private static final long LINGER_MS = 3_000;
    /** What opens streams at the request of other nodes. */
    private static final int STARTING = 8;

    /** How often a stream is tried that another node's mixer had in it. */
    private static final int RETRIES = 5;

    private static final String FIND = "mixer/find";

    @Inject
    private DecoderService decoders;

    @Inject
    private ClusterService clusters;

    private OwnerJobs jobs;
    private Executor tasks;
    private Mixers mixers;
    private MixerParameters defaults;
    private MixerContext means;

    /** For the container. */
    public MixerService() {}

    @Override
    public Stage stage() {
        return Stage.SOURCE;
    }

    @Override
    public Closeable start(ServerContext server) throws IOException {
        Settings settings = server.settings();
        try {
            defaults = MixerParameters.of(settings);
        } catch (Refusal e) {
            throw new IOException("The settings of mixers do not go: " + e.getMessage(), e);
        }
        int cores = Runtime.getRuntime().availableProcessors();
        means = new MixerContext(
                server.streams(),
                server.loops()::next,
                decoders.decoders(),
                EncoderContext.of(server),
                new BoundedExecutor(server.executor(), cores, LINGER_MS),
                new BoundedExecutor(server.executor(), cores, LINGER_MS),
                new ImageFolder(settings.get(Keys.WATERMARK_DIR)));
        tasks = new BoundedExecutor(server.executor(), STARTING, LINGER_MS);
        jobs = new OwnerJobs(clusters.cluster(), "mixer", this);
        AllNodes.answerFind(clusters.cluster(), FIND, nothing -> all());
        mixers = new Mixers(means, server.admission(), clusters.origins(), this);
        if (settings.get(Keys.MIXER_AUTO_START)) {
            server.streams().onAdded(this::onAdded);
        }
        long timeoutMs = settings.get(Keys.MIXER_IDLE_TIMEOUT);
        Future<?> idle = server.scheduler()
                .scheduleWithFixedDelay(() -> mixers.endIdle(timeoutMs * 1000), 1, 1, TimeUnit.SECONDS);
        server.afterStart(jobs::open);
        return () -> {
            idle.cancel(false);
            mixers.endAll();
        };
    }

    private void onAdded(Stream stream) {
        Mixers.room(stream).ifPresent(room -> {
            try {
                opener(stream.name()).execute(() -> mixers.join(room, stream, defaults));
            } catch (RejectedExecutionException e) {
                LOG.log(Level.WARNING, "'" + stream.name() + "' is published and not mixed: " + e.getMessage());
            }
        });
    }

    @Override
    public Executor tasks() {
        return tasks;
    }

    /** Starts one with nothing in it, unless a node has one of that URI. */
    @Blocking
    void startup(String uri, String name, MixerParameters parameters) throws Refusal {
        Mixer.Plan plan = new Mixer.Plan(uri, Stream.newMediaSessionId(), name, parameters, "");
        jobs.begin(uri, MixerFields.of(plan), StatusText.MIXER_ALREADY_EXISTS, () -> {
            mixers.startup(plan);
            return plan;
        });
    }

    /** Puts a stream into a mixer of this node; who takes that one over has it in it, too. */
    @Blocking
    void add(String uri, String name, MixerInput.Wish wish) throws Refusal {
        Mixers here = mixers(uri);
        here.add(uri, name, wish);
        Mixer mixer = here.mixer(uri);
        jobs.tell(uri, () -> MixerFields.of(mixer));
    }

    /** What is not there at once is tried again later: it may come from the same node as the mixer. */
    @Override
    public void start(String id, JsonObject body) throws Refusal {
        mixers.startup(MixerFields.plan(id, body, defaults, images()));
        if (body.containsKey(MixerFields.INPUTS)) {
            add(id, body.getJsonArray(MixerFields.INPUTS).getValuesAs(JsonObject.class), RETRIES);
        }
    }

    private void add(String uri, List<JsonObject> inputs, int retries) {
        List<JsonObject> missing = new ArrayList<>();
        for (JsonObject input : inputs) {
            try {
                MixerFields.add(mixers, uri, input, images());
            } catch (Refusal e) {
                LOG.log(
                        retries > 0 ? Level.FINE : Level.WARNING,
                        "A stream is missing in '" + uri + "': {0}",
                        e.getMessage());
                missing.add(input);
            }
        }
        if (!missing.isEmpty() && retries > 0) {
            later().execute(() -> add(uri, missing, retries - 1));
        }
    }

    @Override
    public void stop(String id) {
        try {
            mixers.terminate(id, StatusText.REQUESTED_STREAM_SHUTDOWN);
        } catch (Refusal e) {
            LOG.log(Level.FINE, "It is over already", e);
        }
    }

    /** On whichever node it is. */
    @Blocking
    void terminate(String uri) throws Refusal {
        try {
            mixers.terminate(uri, StatusText.STOPPED_BY_REST_TERMINATE);
        } catch (Refusal e) {
            if (!jobs.end(uri)) {
                throw e;
            }
        }
    }

    /** The mixers of this node, for what is asked of one. @throws Refusal when that one is another node's */
    Mixers mixers(String uri) throws Refusal {
        jobs.checkHere(uri, StatusText.MIXER_NOT_FOUND);
        return mixers;
    }

    /** Something of it was changed. */
    @Override
    public void onInputs(Mixer mixer) {
        jobs.changed(mixer.uri(), () -> MixerFields.of(mixer));
    }

    @Override
    public void onEnd(Mixer mixer) {
        jobs.finished(mixer.uri());
    }

    /** The mixers of all nodes. */
    CompletionStage<Response> findOnAll() {
        return AllNodes.found(
                clusters.cluster(),
                FIND,
                RequestBody.of("{}"),
                all(),
                mixer -> mixer.getString("localMediaSessionId"),
                StatusText.MIXER_NOT_FOUND);
    }

    private JsonArray all() {
        JsonArrayBuilder found = Json.createArrayBuilder();
        mixers.all().forEach(mixer -> found.add(MixerJson.of(mixer)));
        return found.build();
    }

    /** What mixers are like when nobody says otherwise. */
    MixerParameters defaults() {
        return defaults;
    }

    ImageFolder images() {
        return means.images();
    }

    /** What opens the stream of that name or URI is to be called by. */
    Executor opener(String nameOrUri) {
        return means.streams().opener(nameOrUri);
    }
}
