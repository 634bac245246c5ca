package org.reelcast.source.vod;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.mp4.Movie;
import org.reelcast.mp4.PageStore;
import org.reelcast.output.recording.RecordRequest;
import org.reelcast.output.recording.RecordingService;
import org.reelcast.output.recording.Rotation;
import org.reelcast.output.webrtc.Admission;
import org.reelcast.output.webrtc.HeapGauge;
import org.reelcast.output.webrtc.PlaybackListener;
import org.reelcast.output.webrtc.Viewers;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.film.Renditions;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.LocalFiles;
import org.reelcast.storage.RemoteSource;
import org.reelcast.storage.s3.S3Location;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamService;

/** Playing: films on demand and streams by name. Takes the requests of clients and REST, ends all films at stop. */
@Singleton
@Startup
@DependsOn("PublishService")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class VodService {
    private static final Logger LOG = Logger.getLogger(VodService.class.getName());
    /** How long a film stays open after its last viewer, for the next one. */
    private static final long FILM_LINGER_MS = 10_000;
    /** Readers that wait for a store or an encoder must not keep those of other films from their threads. */
    private static final int MAX_WAITING_READERS = 256;
    /** A stream of its own reads once a second: its reader finds the thread of the last time. */
    private static final long READER_LINGER_MS = 3_000;
    private static final long WARM_UP_END_LIMIT_MS = 5_000;

    @Resource
    private ManagedExecutorService managedExecutor;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @EJB
    private StreamService streams;

    @EJB
    private RecordingService recording;

    private Settings settings;
    private Executor readers;
    private Executor remoteReaders;
    private Executor encodedReaders;
    private LocalFiles localFiles;
    private Optional<LocalFiles> records;
    private S3Films s3Films;
    private PageStore indexes;
    private FilmStore films;
    private VodAgents agents;
    private VodPlaybacks playbacks;
    private Future<?> sweeps;
    private final CountDownLatch warmedUp = new CountDownLatch(1);
    private volatile boolean warm;
    private volatile boolean stopping;

    /** For the container. */
    public VodService() {
    }

    @PostConstruct
    void start() {
        settings = Settings.load();
        readers = new BoundedExecutor(managedExecutor, 4 + 2 * Runtime.getRuntime().availableProcessors(),
                READER_LINGER_MS);
        remoteReaders = new BoundedExecutor(managedExecutor, MAX_WAITING_READERS, READER_LINGER_MS);
        encodedReaders = new BoundedExecutor(managedExecutor, MAX_WAITING_READERS, READER_LINGER_MS);
        localFiles = new LocalFiles(settings.get(Keys.MEDIA_DIR), settings.get(Keys.MEDIA_FOLLOW_SYMLINKS));
        records = settings.get(Keys.VOD_FROM_RECORDS)
                ? Optional.of(new LocalFiles(settings.get(Keys.RECORD_DIR), false)) : Optional.empty();
        s3Films = openS3();
        indexes = settings.get(Keys.CACHE_MAX_MB) == 0 ? PageStore.HEAP : PageStore.at(settings.get(Keys.CACHE_DIR));
        films = new FilmStore(this::find, this::open);
        agents = new VodAgents(films, streams.registry(), streams.loops()::next,
                this::readersOf,
                settings.get(Keys.VOD_LIVE_LOOP), settings.get(Keys.VOD_STREAM_TIMEOUT),
                settings.get(Keys.ADMISSION_MAX_LOAD) > 0);
        HeapGauge heap = HeapGauge.ofThisProcess(settings.get(Keys.ADMISSION_MAX_HEAP));
        playbacks = new VodPlaybacks(agents, new Viewers(streams.transport()),
                new Admission(() -> streams.loops().saturation().or(heap::shortage)),
                name -> S3Films.isS3(name) ? remoteReaders : readers);
        sweeps = scheduler.scheduleWithFixedDelay(() -> films.closeIdle(System.currentTimeMillis() - FILM_LINGER_MS),
                FILM_LINGER_MS, FILM_LINGER_MS, TimeUnit.MILLISECONDS);
        readers.execute(this::warmUp);
    }

    private void warmUp() {
        try {
            Renditions.warmUp();
            warm = true;
            warmUpFilms();
            s3Films.warmUp();
            if (!stopping) {
                Renditions.measure();
            }
        } finally {
            warmedUp.countDown();
        }
    }

    private Executor readersOf(Film film) {
        if (film.remote().isPresent()) {
            return remoteReaders;
        }
        return film.isEncoded() ? encodedReaders : readers;
    }

    private void warmUpFilms() {
        try {
            FilmWarmUp.run(this::open);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Films cannot be read here", e);
        }
    }

    private S3Films openS3() {
        try {
            return new S3Films(settings);
        } catch (IOException e) {
            throw new IllegalStateException("Films in S3 cannot be played: " + e.getMessage(), e);
        }
    }

    /** Whether all is loaded that would make the first viewer wait. */
    public boolean isWarm() {
        return warm && streams.transport().warm().isDone();
    }

    /** The server stops: all streams end. */
    public void endAll() {
        agents.end(all -> true, StreamEnd.stopped(StatusText.REQUESTED_STREAM_SHUTDOWN));
    }

    @PreDestroy
    void stop() {
        stopping = true;
        sweeps.cancel(false);
        endAll();
        awaitWarmUp();
        films.closeUnused();
        s3Films.close();
    }

    /** Once the container has stopped the application, what the warm-up still has to load is no longer found. */
    private void awaitWarmUp() {
        try {
            if (!warmedUp.await(WARM_UP_END_LIMIT_MS, TimeUnit.MILLISECONDS)) {
                LOG.fine("The warm-up has not ended with the server");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ByteSource find(String location) throws Refusal {
        return S3Location.isS3(location) ? s3Films.open(location) : findLocal(location);
    }

    /** In {@code media_dir}, then among the recordings; those still in progress are not to be seen. */
    private ByteSource findLocal(String location) throws Refusal {
        try {
            return localFiles.open(location);
        } catch (Refusal e) {
            try {
                if (records.isPresent() && !records.get().resolve(location).toString().endsWith(".tmp")) {
                    return records.get().open(location);
                }
            } catch (Refusal neither) {
                e.addSuppressed(neither);
            }
            throw e;
        }
    }

    private Film open(ByteSource source) throws Refusal {
        try {
            s3Films.checkLayout(source);
            // while a film is downloaded the media loop asks its index, and a loop must not wait for a disk
            boolean asked = source instanceof RemoteSource remote && remote.isDownloading();
            Movie movie = Movie.read(source, asked ? PageStore.HEAP : indexes);
            Renditions renditions = Renditions.of(movie, source, settings);
            return new Film(source, renditions.video(), renditions.audio(), s3Films.reserve(source, movie));
        } catch (Refusal e) {
            throw e.about(source.id().location());
        } catch (IOException e) {
            throw new Refusal(StatusText.FAILED_TO_READ_FILE, source.id().location() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Plays a stream to one viewer. Returns at once; the listener hears of the rest.
     *
     * @param name  {@code vod://...}, {@code vod-live://...} or the name of a running stream
     * @param offer the viewer's SDP
     */
    public VodPlayback play(String name, String offer, PlaybackListener listener) {
        return playbacks.play(name, offer, listener);
    }

    /** Why {@code name} cannot be played now, empty when it can: a running stream or a film that is there. Blocks. */
    public Optional<StatusText> whyUnavailable(String name) {
        return agents.whyUnavailable(name);
    }

    /**
     * Starts a broadcast; blocks until the film is open.
     *
     * @param loop by {@code vod_live_loop} when empty
     */
    public void startup(VodUri uri, String name, Optional<Boolean> loop) throws Refusal {
        agents.startup(uri, name, loop);
    }

    /**
     * Records a running stream that others can join, from its next key frame on.
     *
     * @param template of the file's name; by {@code stream_record_policy} when empty
     * @param rotation by {@code record_rotation} when empty
     * @throws Refusal {@code Stream not found}, or when the folder cannot be written or there is no room
     */
    public void record(String mediaSessionId, Optional<String> template, Optional<Rotation> rotation)
            throws Refusal {
        Lease lease = agents.leaseByMediaSession(mediaSessionId).orElseThrow(() -> new Refusal(
                StatusText.STREAM_NOT_FOUND, "No stream has the media session " + mediaSessionId));
        RecordRequest request = new RecordRequest(mediaSessionId, lease.stream().name(), "", "", template, rotation);
        try {
            recording.recordings().start(lease.stream(), request)
                    .finished().whenComplete((end, failure) -> lease.close());
        } catch (Refusal e) {
            lease.close();
            throw e;
        }
    }

    /** Personal streams and broadcasts that match, each as REST tells of it. */
    public List<VodDescription> find(Predicate<VodDescription> criteria) {
        return agents.find(vod -> criteria.test(described(vod))).stream().map(this::described).toList();
    }

    private VodDescription described(VodDescription vod) {
        return vod.recorded(recording.recordings().isRecording(vod.localMediaSessionId()));
    }

    /** @return how many streams were ended */
    public int terminate(Predicate<VodDescription> criteria) {
        return agents.end(criteria, StreamEnd.stopped(StatusText.STOPPED_BY_REST_TERMINATE));
    }
}
