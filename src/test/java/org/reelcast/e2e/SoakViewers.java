package org.reelcast.e2e;

import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.reelcast.e2e.harness.LightViewer;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.webrtc.client.ClientNetwork;

/**
 * Seats that are never empty for long: a viewer comes, watches for a while, goes in one way or another, the next comes.
 */
final class SoakViewers implements AutoCloseable {
    private static final int SEATS = 10;
    private static final int MAX_WATCHED_MS = 12_000;

    private final ReelcastProcess server;
    private final List<String> films;
    private final ClientNetwork network = new ClientNetwork(1, List.of(7, 1));
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Thread> seats;
    private final AtomicInteger watched = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    SoakViewers(ReelcastProcess server, List<String> films) {
        this.server = server;
        this.films = films;
        seats = IntStream.range(0, SEATS)
                .mapToObj(seat -> {
                    Thread thread = new Thread(() -> occupy(new Random(seat)), "seat " + seat);
                    thread.start();
                    return thread;
                })
                .toList();
    }

    private void occupy(Random random) {
        try {
            do {
                watch(random);
            } while (over.getCount() > 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(Random random) throws InterruptedException {
        String film = films.get(random.nextInt(films.size()));
        String name = (random.nextInt(3) == 0 ? "vod-live://" : "vod://") + film;
        int forMs = random.nextInt(MAX_WATCHED_MS);
        boolean polite = random.nextBoolean();
        try (LightViewer viewer = new LightViewer(network, server, name)) {
            viewer.awaitPlaying();
            over.await(forMs, TimeUnit.MILLISECONDS);
            if (polite) {
                viewer.stop();
            }
            watched.incrementAndGet();
        } catch (RuntimeException | AssertionError e) {
            failures.add(new AssertionError(name + ": " + e.getMessage(), e));
        }
    }

    /** Who has watched and gone. */
    int watched() {
        return watched.get();
    }

    /** Who did not get to see the film. */
    Queue<Throwable> failures() {
        return failures;
    }

    @Override
    public void close() {
        over.countDown();
        try {
            for (Thread seat : seats) {
                seat.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        network.close();
    }
}
