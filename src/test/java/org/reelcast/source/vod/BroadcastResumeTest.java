package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.refusal.StatusText;

/** What ran goes on when the server starts, as soon as its film can be had. */
class BroadcastResumeTest {
    @TempDir
    private Path folder;

    private final Later later = new Later();
    private final List<Runnable> ofStores = new ArrayList<>();
    private VodFixture server;
    private BroadcastResume resume;
    private boolean full;

    /** Keeps what is to be done later. */
    private static final class Later extends ScheduledThreadPoolExecutor {
        private final List<Runnable> tasks = new ArrayList<>();

        Later() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            assertEquals(10, unit.toSeconds(delay));
            tasks.add(task);
            return null;
        }

        void run() {
            List<Runnable> due = List.copyOf(tasks);
            tasks.clear();
            due.forEach(Runnable::run);
        }
    }

    @BeforeEach
    void restart() throws IOException {
        VodFixture before = new VodFixture(Playout.WhenLate.SKIP, BroadcastFiles.in(folder, Runnable::run));
        before.register();
        before.startup("test", true);
        before.loop.run(1_000_000);
        before.vod.end(all -> true, StatusText.REQUESTED_STREAM_SHUTDOWN);
        BroadcastFiles files = BroadcastFiles.in(folder, Runnable::run);
        server = new VodFixture(Playout.WhenLate.SKIP, files);
        server.register();
        resume = new BroadcastResume(files, server.vod, new Readers.Openers(this::open, ofStores::add), later);
    }

    @AfterEach
    void close() {
        later.shutdownNow();
    }

    private void open(Runnable task) {
        if (full) {
            throw new RejectedExecutionException("full");
        }
        task.run();
    }

    private List<String> running() {
        return server.vod.find(all -> true).stream()
                .map(VodDescription::localStreamName)
                .toList();
    }

    @Test
    void goesOnAtOnce() {
        resume.start();
        assertEquals(List.of("test"), running());
        assertEquals(List.of(), later.tasks);
    }

    @Test
    void whatCannotGoOnYet_isTriedAgainUntilItCan() {
        full = true;
        resume.start();
        assertEquals(List.of(), running());
        full = false;
        server.onOpen = () -> {
            throw new IllegalStateException("a fault");
        };
        later.run();
        assertEquals(List.of(), running());
        server.onOpen = () -> {};
        later.run();
        assertEquals(List.of("test"), running());
        assertEquals(List.of(), later.tasks);
    }

    @Test
    void filmThatWasReplaced_isNotTriedAgain() {
        server.filmVersion = "another";
        resume.start();
        assertEquals(List.of(), later.tasks);
        assertEquals(List.of(), running());
    }

    @Test
    void serverThatStops_startsNothing() {
        full = true;
        resume.start();
        full = false;
        resume.stop();
        later.run();
        assertEquals(List.of(), running());
        assertEquals(List.of(), later.tasks);
    }

    @Test
    void filmOfAStore_isOpenedByWhoWaitsForStores() throws IOException {
        server.vod.startup(VodUri.parse("vod-live://s3/films/a.mp4"), "stored", Optional.of(true), PlayoutStart.NOW);
        server.loop.run(1_000_000);
        server.vod.end(all -> true, StatusText.REQUESTED_STREAM_SHUTDOWN);
        resume.start();
        assertEquals(1, ofStores.size());
        ofStores.get(0).run();
        assertTrue(running().contains("stored"), running().toString());
    }
}
