package org.reelcast.source.vod;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.Response;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.reelcast.cluster.Cluster;
import org.reelcast.cluster.ClusterService;
import org.reelcast.codec.ffmpeg.CodecMemory;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.loop.WallClock;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.film.Renditions;
import org.reelcast.rendition.reencode.SegmentPeers;
import org.reelcast.rest.AllNodes;
import org.reelcast.rest.RequestBody;
import org.reelcast.server.Feature;
import org.reelcast.server.ReadinessCheck;
import org.reelcast.server.ServerContext;
import org.reelcast.source.vod.probe.ReportJson;

/** Films on demand: brings the streams of films up with the server, and what REST asks of them. */
@ApplicationScoped
public class VodService implements Feature, ReadinessCheck {
    /** How long a film stays open after its last viewer, for the next one. */
    private static final long FILM_LINGER_MS = 10_000;
    /** Readers that wait for a store or an encoder must not keep those of other films from their threads. */
    private static final int MAX_WAITING_READERS = 256;
    /** Opening a film of a store is a few requests. */
    private static final int MAX_REMOTE_OPENERS = 64;
    /** A store that does not answer keeps those waiting that are to go on from it, and no viewer. */
    private static final int RESUMERS = 4;
    /** Whoever asks when so many wait is told that the server is overloaded. */
    private static final int MAX_WAITING_TO_OPEN = 1000;
    /** A stream of its own reads once a second: its reader finds the thread of the last time. */
    private static final long READER_LINGER_MS = 3_000;

    private static final String FIND = "vod/find";
    private static final String TERMINATE = "vod/terminate";
    private static final int SHARERS = 8;
    private static final long SHARED_CHECK_S = 5;
    /** Segments that are made for other nodes, or come from them, at a time. */
    private static final int SEGMENTS = 16;

    private static final int SEGMENTS_WAITING = 64;

    @Inject
    private ClusterService clusters;

    private FilmLibrary library;
    private VodStreams vod;
    private SharedBroadcasts shared;
    private WallClock wallClock;
    private CodecWarmUp warmUp;
    private SegmentSupply segments;

    /** For the container. */
    public VodService() {}

    @Override
    public Stage stage() {
        return Stage.SOURCE;
    }

    @Override
    public Closeable start(ServerContext server) throws IOException {
        Settings settings = server.settings();
        CodecMemory.ofProcess().limit((long) settings.get(Keys.DECODER_MAX_MB) << 20);
        Executor remoteReaders = new BoundedExecutor(server.executor(), MAX_WAITING_READERS, READER_LINGER_MS);
        Readers.Openers openers = new Readers.Openers(
                opener(server, 4 + 2 * Runtime.getRuntime().availableProcessors()), opener(server, MAX_REMOTE_OPENERS));
        Executor encodedReaders = new BoundedExecutor(server.executor(), MAX_WAITING_READERS, READER_LINGER_MS);
        library = new FilmLibrary(settings);
        FilmStore films = new FilmStore(library::find, library::open);
        BroadcastFiles files = settings.get(Keys.VOD_LIVE_RESUME)
                ? BroadcastFiles.in(settings.get(Keys.VOD_LIVE_RESUME_DIR), server.shortTasks())
                : BroadcastFiles.none();
        wallClock = WallClock.ofMachine();
        shared = new SharedBroadcasts(
                clusters.cluster(),
                new BoundedExecutor(server.executor(), SHARERS, READER_LINGER_MS),
                settings.get(Keys.VOD_STREAM_TIMEOUT),
                wallClock::nowUs);
        vod = new VodStreams(
                films,
                server.streams(),
                server.loops()::next,
                new Readers(server.shortTasks(), remoteReaders, encodedReaders, openers),
                wallClock,
                rules(settings),
                files,
                shared);
        Closeable exchange = exchangeSegments(server, library, films);
        server.streams().register(vod);
        shared.start(vod);
        AllNodes.answerFind(clusters.cluster(), FIND, this::find);
        AllNodes.answerDone(clusters.cluster(), TERMINATE, this::terminate);
        server.streams().register(shared.remote());
        Future<?> shareChecks = clusters.cluster().isShared()
                ? server.scheduler()
                        .scheduleWithFixedDelay(
                                () -> shared.tick(System.currentTimeMillis()),
                                SHARED_CHECK_S,
                                SHARED_CHECK_S,
                                TimeUnit.SECONDS)
                : CompletableFuture.completedFuture(null);
        BroadcastResume resume = new BroadcastResume(
                files, vod, new Readers.Openers(openers.local(), opener(server, RESUMERS)), server.scheduler());
        server.afterStart(resume::start);
        Future<?> clockSamples = server.scheduler()
                .scheduleWithFixedDelay(
                        wallClock::sample, WallClock.SAMPLE_MS, WallClock.SAMPLE_MS, TimeUnit.MILLISECONDS);
        Future<?> sweeps = server.scheduler()
                .scheduleWithFixedDelay(
                        () -> films.closeIdle(System.currentTimeMillis() - FILM_LINGER_MS),
                        FILM_LINGER_MS,
                        FILM_LINGER_MS,
                        TimeUnit.MILLISECONDS);
        warmUp = new CodecWarmUp(library, settings, server.executor());
        return () -> {
            exchange.close();
            sweeps.cancel(false);
            clockSamples.cancel(false);
            shareChecks.cancel(false);
            resume.stop();
            files.flush();
            vod.end(all -> true, StatusText.REQUESTED_STREAM_SHUTDOWN);
            films.closeUnused();
            library.close();
        };
    }

    /** From now on nodes make segments of re-encoded films for one another. */
    private Closeable exchangeSegments(ServerContext server, FilmLibrary library, FilmStore films) {
        Cluster cluster = clusters.cluster();
        segments = new SegmentSupply(
                cluster,
                films,
                Renditions.pictures(),
                new BoundedExecutor(server.executor(), SEGMENTS, READER_LINGER_MS, SEGMENTS_WAITING));
        if (cluster.isShared()) {
            Renditions.pictures()
                    .shareWith(new SegmentExchange(
                            cluster,
                            library::nameOf,
                            SegmentExchange.Limits.USUAL,
                            System::currentTimeMillis,
                            new BoundedExecutor(server.executor(), SEGMENTS, READER_LINGER_MS)));
        }
        return () -> Renditions.pictures().shareWith(SegmentPeers.NONE);
    }

    SegmentSupply segments() {
        return segments;
    }

    CodecWarmUp warmUp() {
        return warmUp;
    }

    private static Executor opener(ServerContext server, int parallel) {
        return new BoundedExecutor(server.executor(), parallel, READER_LINGER_MS, MAX_WAITING_TO_OPEN);
    }

    static VodStreams.Rules rules(Settings settings) {
        return new VodStreams.Rules(
                settings.get(Keys.VOD_LIVE_LOOP),
                settings.get(Keys.VOD_STREAM_TIMEOUT),
                settings.get(Keys.VOD_IDLE_TIMEOUT) * 1000L,
                settings.get(Keys.VOD_MAX_STREAMS),
                settings.get(Keys.VOD_LIVE_LATE).equals("wait") ? Playout.WhenLate.WAIT : Playout.WhenLate.SKIP,
                settings.get(Keys.ADMISSION_MAX_LOAD) > 0);
    }

    @Override
    public void leave() {
        shared.leave();
    }

    @Override
    public String name() {
        return "media";
    }

    @Override
    public Optional<String> whyNotReady() {
        return warmUp.isDone() ? Optional.empty() : Optional.of("Codecs are being warmed up.");
    }

    /**
     * Where and when a broadcast is to start.
     *
     * @param position  in the film, in seconds
     * @param startTime in ms since 1970
     */
    PlayoutStart startAt(Optional<String> position, Optional<String> startTime) throws Refusal {
        return PlayoutStart.of(position, startTime, wallClock.nowUs());
    }

    /** What {@link #startup} is to be called by. */
    Executor opener(VodUri uri) {
        return vod.opener(uri.text());
    }

    /**
     * Starts a broadcast; blocks until the film is open.
     *
     * @param loop by {@code vod_live_loop} when empty
     */
    void startup(VodUri uri, String name, Optional<Boolean> loop, PlayoutStart start) throws Refusal {
        vod.startup(uri, name, loop, start);
    }

    /** How a film will play; blocks while its index is read. */
    JsonObject probe(VodUri uri) throws Refusal {
        return ReportJson.of(library.probe(uri.location()));
    }

    /** Personal streams and broadcasts of all nodes that match all fields given. */
    CompletionStage<Response> findOnAll(RequestBody body) {
        return AllNodes.found(clusters.cluster(), FIND, body, find(body), VodJson::key, StatusText.STREAM_NOT_FOUND);
    }

    private JsonArray find(RequestBody body) {
        return VodJson.of(vod.find(VodCriteria.find(body)), body);
    }

    /** Ends what matches on all nodes. */
    CompletionStage<Response> terminateOnAll(RequestBody body) {
        return AllNodes.done(clusters.cluster(), TERMINATE, body, terminate(body), StatusText.STREAM_NOT_FOUND);
    }

    private int terminate(RequestBody body) {
        return vod.terminate(VodCriteria.terminate(body));
    }
}
