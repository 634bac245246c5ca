package org.reelcast.output.hls;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.io.Closeable;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.reelcast.cluster.ClusterService;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.loop.MonotonicClock;
import org.reelcast.output.hls.film.FilmStreams;
import org.reelcast.output.hls.http.AnswerLimits;
import org.reelcast.output.hls.http.HeldAnswers;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.live.LiveMemory;
import org.reelcast.output.hls.live.SegmentedLive;
import org.reelcast.refusal.StatusText;
import org.reelcast.rest.AllNodes;
import org.reelcast.rest.RequestBody;
import org.reelcast.segment.SegmentLengths;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;
import org.reelcast.stream.Variant;

/** HLS of streams and of whole films, DASH of whole films. */
@ApplicationScoped
public class HlsService implements Feature {
    private static final long LINGER_MS = 3_000;
    private static final long SWEEP_MS = 1_000;
    /** Threads that read films for segments, which may wait for a store. */
    private static final int READERS = 32;

    /** Threads that wait for encoders of whole films, and how many segments may wait for one of them. */
    private static final int ENCODED = 8;

    private static final int MOST_WAITING = 64;
    private static final int MOST_HELD = 10_000;
    /** Two requests a viewer, which a thousand behind one address may have held. */
    private static final int MOST_OF_ONE = 4_000;

    private static final int SHARE_OF_ONE = 2;
    private static final int SHARE_OF_HEAP = 4;
    private static final long FILM_IDLE_MS = 10_000;
    private static final long SETTLE_MS = 15_000;

    static final String NAME = "name";
    private static final String FIND = "hls/find";
    private static final String TERMINATE = "hls/terminate";

    @Inject
    private ClusterService clusters;

    private LiveStreams streams;
    private HlsRouter router;
    private AnswerLimits askers;

    /** For the container. */
    public HlsService() {}

    @Override
    public Stage stage() {
        return Stage.OUTPUT;
    }

    @Override
    public Closeable start(ServerContext server) {
        Settings settings = server.settings();
        Executor readers = new BoundedExecutor(server.executor(), READERS, LINGER_MS);
        long memory = memory(settings);
        MediaCache cache = new MediaCache(memory, readers);
        askers = new AnswerLimits(MOST_OF_ONE, memory / SHARE_OF_ONE);
        HeldAnswers alarms = new HeldAnswers(server.scheduler(), server.shortTasks(), MOST_HELD);
        LongSupplier nowMs = () -> MonotonicClock.nowUs() / 1000;
        FilmStreams films = new FilmStreams(cache, alarms, options(settings));
        SegmentedLive.Options live = liveOptions(settings);
        LiveMemory kept = new LiveMemory(memory);
        streams = new LiveStreams(
                server.streams(),
                films,
                (name, stream) -> SegmentedLive.open(
                        name, stream, live, Variant.parse(name).isPresent(), kept, cache, alarms, server.shortTasks()),
                server.scheduler(),
                nowMs,
                settings.get(Keys.HLS_MANAGER_PROVIDER_TIMEOUT) * 1000L,
                SETTLE_MS);
        Optional<WholeFilms> whole = settings.get(Keys.VOD_HLS_ENABLED)
                ? Optional.of(new WholeFilms(
                        server.streams(),
                        cache,
                        new BoundedExecutor(server.executor(), ENCODED, LINGER_MS, MOST_WAITING),
                        nowMs,
                        FILM_IDLE_MS))
                : Optional.empty();
        AdaptiveStreams adaptive = new AdaptiveStreams(server.streams(), streams);
        router = new HlsRouter(streams, adaptive, whole, server.admission());
        if (settings.get(Keys.HLS_AUTO_START)) {
            AutoStart.ofPublished(server.streams(), name -> streams.get(name, true, LiveStreams.REST));
        }
        if (settings.get(Keys.HLS_ABR_AUTO_START)) {
            AutoStart.ofPublished(server.streams(), adaptive::startAll);
        }
        AllNodes.answerNames(clusters.cluster(), FIND, streams::names);
        AllNodes.answerDone(clusters.cluster(), TERMINATE, this::terminate);
        Future<?> sweeps = server.scheduler()
                .scheduleWithFixedDelay(
                        () -> {
                            streams.closeIdle();
                            whole.ifPresent(WholeFilms::closeIdle);
                        },
                        SWEEP_MS,
                        SWEEP_MS,
                        TimeUnit.MILLISECONDS);
        return () -> {
            sweeps.cancel(false);
            streams.closeAll();
            whole.ifPresent(WholeFilms::closeAll);
        };
    }

    private static long memory(Settings settings) {
        long given = settings.get(Keys.HLS_CACHE_MAX_MB) * 1024L * 1024L;
        return given > 0 ? given : Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    }

    private static FilmStreams.Options options(Settings settings) {
        return new FilmStreams.Options(
                settings.get(Keys.HLS_LIST_SIZE),
                settings.get(Keys.LL_HLS_LIST_SIZE),
                settings.get(Keys.LL_HLS_ENABLED),
                settings.get(Keys.HLS_CONTAINER).equals("fmp4"),
                SegmentLengths.of(settings.get(Keys.HLS_MIN_SEGMENT_MS) * 1000L));
    }

    private static SegmentedLive.Options liveOptions(Settings settings) {
        return new SegmentedLive.Options(
                settings.get(Keys.HLS_LIST_SIZE),
                settings.get(Keys.LL_HLS_LIST_SIZE),
                settings.get(Keys.HLS_HOLD_SEGMENTS_SIZE),
                settings.get(Keys.LL_HLS_ENABLED),
                settings.get(Keys.HLS_CONTAINER).equals("fmp4"),
                settings.get(Keys.HLS_MIN_SEGMENT_MS) * 1000L);
    }

    /** See {@link HlsRouter#get}. */
    CompletionStage<HlsAnswer> get(String path, String query, String asker) {
        return router.get(path, query, asker);
    }

    AnswerLimits askers() {
        return askers;
    }

    /** Has a stream delivered, as its first viewer would. */
    CompletionStage<?> startup(String name) {
        return streams.get(name, true, LiveStreams.REST);
    }

    /** The names of what the nodes deliver. */
    CompletionStage<Response> findOnAll() {
        return AllNodes.names(clusters.cluster(), FIND, streams.names(), StatusText.STREAM_NOT_FOUND);
    }

    CompletionStage<Response> terminateOnAll(RequestBody body) {
        return AllNodes.done(clusters.cluster(), TERMINATE, body, terminate(body), StatusText.STREAM_NOT_FOUND);
    }

    private int terminate(RequestBody body) {
        return streams.close(body.string(NAME).orElse("")) ? 1 : 0;
    }
}
