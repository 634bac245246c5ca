package org.reelcast.output.hls;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.loop.MonotonicClock;
import org.reelcast.output.hls.film.FilmStreams;
import org.reelcast.output.hls.http.Alarms;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.live.SegmentedLive;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.segment.SegmentLengths;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;

/** HLS of streams and of whole films, DASH of whole films. */
@ApplicationScoped
public class HlsService implements Feature {
    private static final long LINGER_MS = 3_000;
    private static final long SWEEP_MS = 1_000;
    /** Threads that read films for segments, which may wait for a store. */
    private static final int READERS = 32;
    private static final int MOST_HELD = 10_000;
    private static final long FILM_IDLE_MS = 10_000;
    private static final long SETTLE_MS = 15_000;

    private LiveStreams streams;
    private HlsRouter router;
    private MediaCache cache;

    /** For the container. */
    public HlsService() {
    }

    @Override
    public Stage stage() {
        return Stage.OUTPUT;
    }

    @Override
    public Closeable start(ServerContext server) {
        Settings settings = server.settings();
        Executor readers = new BoundedExecutor(server.executor(), READERS, LINGER_MS);
        cache = new MediaCache(settings.get(Keys.HLS_CACHE_MAX_MB) * 1024L * 1024L, readers);
        Alarms alarms = new Alarms(server.scheduler(), server.shortTasks(), MOST_HELD);
        LongSupplier nowMs = () -> MonotonicClock.nowUs() / 1000;
        FilmStreams films = new FilmStreams(cache, alarms, options(settings));
        SegmentedLive.Options live = liveOptions(settings);
        streams = new LiveStreams(server.streams(), films, (name, stream) -> SegmentedLive.open(name, stream, live,
                cache, alarms, server.shortTasks()), server.scheduler(), nowMs,
                settings.get(Keys.HLS_MANAGER_PROVIDER_TIMEOUT) * 1000L, SETTLE_MS);
        Optional<WholeFilms> whole = settings.get(Keys.VOD_HLS_ENABLED)
                ? Optional.of(new WholeFilms(server.streams(), cache, nowMs, FILM_IDLE_MS)) : Optional.empty();
        router = new HlsRouter(streams, whole);
        Future<?> sweeps = server.scheduler().scheduleWithFixedDelay(() -> {
            streams.closeIdle();
            whole.ifPresent(WholeFilms::closeIdle);
        }, SWEEP_MS, SWEEP_MS, TimeUnit.MILLISECONDS);
        return () -> {
            sweeps.cancel(false);
            streams.closeAll();
            whole.ifPresent(WholeFilms::closeAll);
        };
    }

    private static FilmStreams.Options options(Settings settings) {
        return new FilmStreams.Options(settings.get(Keys.HLS_LIST_SIZE), settings.get(Keys.LL_HLS_LIST_SIZE),
                settings.get(Keys.LL_HLS_ENABLED), settings.get(Keys.HLS_CONTAINER).equals("fmp4"),
                SegmentLengths.of(settings.get(Keys.HLS_MIN_SEGMENT_MS) * 1000L));
    }

    private static SegmentedLive.Options liveOptions(Settings settings) {
        return new SegmentedLive.Options(settings.get(Keys.HLS_LIST_SIZE), settings.get(Keys.LL_HLS_LIST_SIZE),
                settings.get(Keys.HLS_HOLD_SEGMENTS_SIZE), settings.get(Keys.LL_HLS_ENABLED),
                settings.get(Keys.HLS_CONTAINER).equals("fmp4"),
                settings.get(Keys.HLS_MIN_SEGMENT_MS) * 1000L);
    }

    /** See {@link HlsRouter#get}. */
    CompletionStage<HlsAnswer> get(String path, String query) {
        return router.get(path, query);
    }

    /** Has a stream delivered, as its first viewer would. */
    CompletionStage<?> startup(String name) {
        return streams.get(name, true);
    }

    List<String> find() {
        return streams.names();
    }

    void terminate(String name) throws Refusal {
        if (!streams.close(name)) {
            throw new Refusal(StatusText.STREAM_NOT_FOUND, "'" + name + "' is not delivered as HLS");
        }
    }
}
