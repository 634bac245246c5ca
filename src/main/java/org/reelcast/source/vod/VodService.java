package org.reelcast.source.vod;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.reelcast.codec.ffmpeg.CodecMemory;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.loop.WallClock;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.server.Feature;
import org.reelcast.server.ReadinessCheck;
import org.reelcast.server.ServerContext;

/** Films on demand: brings the streams of films up with the server, and what REST asks of them. */
@ApplicationScoped
public class VodService implements Feature, ReadinessCheck {
    /** How long a film stays open after its last viewer, for the next one. */
    private static final long FILM_LINGER_MS = 10_000;
    /** Readers that wait for a store or an encoder must not keep those of other films from their threads. */
    private static final int MAX_WAITING_READERS = 256;
    /** Opening a film of a store is a few requests. */
    private static final int MAX_REMOTE_OPENERS = 64;
    /** Whoever asks when so many wait is told that the server is overloaded. */
    private static final int MAX_WAITING_TO_OPEN = 1000;
    /** A stream of its own reads once a second: its reader finds the thread of the last time. */
    private static final long READER_LINGER_MS = 3_000;

    private VodStreams vod;
    private WallClock wallClock;
    private CodecWarmUp warmUp;

    /** For the container. */
    public VodService() {
    }

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
        FilmLibrary library = new FilmLibrary(settings);
        FilmStore films = new FilmStore(library::find, library::open);
        BroadcastFiles files = settings.get(Keys.VOD_LIVE_RESUME)
                ? BroadcastFiles.in(settings.get(Keys.VOD_LIVE_RESUME_DIR), server.shortTasks())
                : BroadcastFiles.none();
        wallClock = WallClock.ofMachine();
        vod = new VodStreams(films, server.streams(), server.loops()::next,
                new Readers(server.shortTasks(), remoteReaders, encodedReaders, openers), wallClock, rules(settings), files);
        server.streams().register(vod);
        BroadcastResume resume = new BroadcastResume(files, vod, openers.remote(), server.scheduler());
        resume.start();
        Future<?> clockSamples = server.scheduler().scheduleAtFixedRate(wallClock::sample, WallClock.SAMPLE_MS,
                WallClock.SAMPLE_MS, TimeUnit.MILLISECONDS);
        Future<?> sweeps = server.scheduler().scheduleWithFixedDelay(
                () -> films.closeIdle(System.currentTimeMillis() - FILM_LINGER_MS), FILM_LINGER_MS, FILM_LINGER_MS,
                TimeUnit.MILLISECONDS);
        warmUp = new CodecWarmUp(library);
        return () -> {
            sweeps.cancel(false);
            clockSamples.cancel(false);
            resume.stop();
            files.flush();
            vod.end(all -> true, StatusText.REQUESTED_STREAM_SHUTDOWN);
            films.closeUnused();
            library.close();
        };
    }

    CodecWarmUp warmUp() {
        return warmUp;
    }

    private static Executor opener(ServerContext server, int parallel) {
        return new BoundedExecutor(server.executor(), parallel, READER_LINGER_MS, MAX_WAITING_TO_OPEN);
    }

    private static VodStreams.Rules rules(Settings settings) {
        return new VodStreams.Rules(settings.get(Keys.VOD_LIVE_LOOP), settings.get(Keys.VOD_STREAM_TIMEOUT),
                settings.get(Keys.VOD_LIVE_LATE).equals("wait") ? Playout.WhenLate.WAIT : Playout.WhenLate.SKIP,
                settings.get(Keys.ADMISSION_MAX_LOAD) > 0);
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

    /** Personal streams and broadcasts that match, each as REST tells of it. */
    List<VodDescription> find(Predicate<VodDescription> criteria) {
        return vod.find(criteria);
    }

    /** @return how many streams were ended */
    int terminate(Predicate<VodDescription> criteria) {
        return vod.end(criteria, StatusText.STOPPED_BY_REST_TERMINATE);
    }
}
