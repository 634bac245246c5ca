package org.reelcast.server;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.Admission;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.loop.HeapGauge;
import org.reelcast.loop.LoadLimits;
import org.reelcast.loop.MediaLoops;
import org.reelcast.loop.MonotonicClock;
import org.reelcast.refusal.StatusText;
import org.reelcast.sharing.ClientShares;
import org.reelcast.stream.Streams;

/** Brings all features up with the application, in the order of their stages, and down with it. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Server {
    private static final Logger LOG = Logger.getLogger(Server.class.getName());
    /** A stream of its own reads once a second: its reader finds the thread of the last time. */
    private static final long LINGER_MS = 3_000;
    /** What is done at times is short, or has it done by an executor. */
    private static final int TIMER_THREADS = 2;

    private static final long IDLE_S = 10;

    /**
     * Not the container's executor: that one is shared with whatever else runs there, and bounded for all purposes
     * together, so that one of them could take it from the others.
     */
    @Resource
    private ManagedThreadFactory threads;

    @Inject
    @Any
    private Instance<Feature> features;

    private final Deque<Started> running = new ArrayDeque<>();
    /** Not the container's own: that one sets up a context for each task, and fails to while the server goes down. */
    private FeatureTimer scheduler;

    private ExecutorService executor;
    private MediaLoops loops;
    private Streams streams;
    private SelfTest selfTest;
    private Future<?> selfTests;

    private record Started(Feature feature, Closeable stop) {

        private Feature.Stage stage() {
            return feature.stage();
        }
    }

    /** For the container. */
    public Server() {}

    @PostConstruct
    void start() {
        Settings settings = Settings.load();
        int count = settings.get(Keys.MEDIA_LOOPS);
        int cores = Runtime.getRuntime().availableProcessors();
        // without a bound of its own: each purpose has one, and their sum is the most that there can be
        executor = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_S, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
        Executor shortTasks = new BoundedExecutor(executor, 4 + 2 * cores, LINGER_MS);
        loops = MediaLoops.open(
                count > 0 ? count : cores,
                new LoadLimits(settings.get(Keys.ADMISSION_MAX_LOAD), settings.get(Keys.ADMISSION_MAX_DELAY) * 1000L));
        streams = new Streams(new BoundedExecutor(executor, 4 + 2 * cores, LINGER_MS));
        streams.register(new ClientShares()::of);
        scheduler = new FeatureTimer(TIMER_THREADS, threads);
        startSelfTest();
        HeapGauge heap = HeapGauge.ofThisProcess(settings.get(Keys.ADMISSION_MAX_HEAP));
        Admission admission = new Admission(() -> loops.saturation().or(heap::shortage));
        ServerContext context = new ServerContext(settings, loops, admission, streams, executor, shortTasks, scheduler);
        List<Feature> inOrder =
                features.stream().sorted(Comparator.comparing(Feature::stage)).toList();
        try {
            for (Feature feature : inOrder) {
                running.push(new Started(feature, feature.start(context)));
            }
        } catch (IOException | RuntimeException e) {
            stop();
            throw new IllegalStateException("The server cannot start: " + e.getMessage(), e);
        }
    }

    private void startSelfTest() {
        selfTest = new SelfTest(() -> MonotonicClock.nowUs() / 1000);
        for (int i = 0; i < loops.all().size(); i++) {
            selfTest.add("Media loop " + i, loops.all().get(i)::execute);
        }
        selfTest.add("The executor", executor);
        selfTests = scheduler.scheduleWithFixedDelay(selfTest::tick, 0, SelfTest.TICK_MS, TimeUnit.MILLISECONDS);
    }

    /** Whether it all works inside. */
    public SelfTest selfTest() {
        return selfTest;
    }

    /** All streams. */
    public Streams streams() {
        return streams;
    }

    /**
     * The server is about to stop: all streams end, the clients hear of it and are disconnected. A second time nothing
     * is left to do.
     */
    public synchronized void dismissClients() {
        running.descendingIterator().forEachRemaining(each -> each.feature().leave());
        streams.end(all -> true, StatusText.REQUESTED_STREAM_SHUTDOWN);
        while (!running.isEmpty() && running.peek().stage() == Feature.Stage.CLIENTS) {
            stopNext();
        }
    }

    @PreDestroy
    synchronized void stop() {
        selfTests.cancel(false);
        dismissClients();
        while (!running.isEmpty()) {
            stopNext();
        }
        scheduler.shutdownNow();
        loops.close();
        executor.shutdownNow();
    }

    private void stopNext() {
        try {
            running.pop().stop().close();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "A part of the server did not stop as it should", e);
        }
    }
}
