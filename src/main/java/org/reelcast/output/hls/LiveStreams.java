package org.reelcast.output.hls;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.output.hls.film.FilmStreams;
import org.reelcast.output.hls.http.Deliverable;
import org.reelcast.output.hls.http.StreamDelivery;
import org.reelcast.output.hls.live.SegmentedLive;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.sharing.ClientAddresses;
import org.reelcast.stream.FilmBroadcast;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.SeekableFilm;
import org.reelcast.stream.Stream;
import org.reelcast.stream.Streams;
import org.reelcast.stream.Variant;

/**
 * The streams that are delivered as HLS. The first request for one opens it; it stays open until nobody has asked for
 * a while.
 */
@AnyThread
final class LiveStreams {
    private static final Logger LOG = Logger.getLogger(LiveStreams.class.getName());
    /** Holds the stream open, and has none of its frames read: the film itself is read. */
    private static final Holder HOLDER = Holder.output("HLS", offered -> List.of());

    private static final long SETTLE_STEP_MS = 20;
    /** What is encoded for its players alone: they come to it each few seconds, or have changed to another size. */
    private static final long MADE_IDLE_MS = 20_000;

    private static final int MOST_STREAMS = 1_000;
    /** Opened by one address: each is held for minutes after a single request. */
    private static final int MOST_OF_ONE = 100;
    /** Who asks by REST, or by a setting, is no stranger. */
    static final String REST = "";
    /** Players see the end of a stream in its list; who comes later wants the next one of that name. */
    private static final long LAST_LIST_MS = 30_000;

    private final Streams streams;
    private final FilmStreams films;
    private final LiveSource live;
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nowMs;
    private final long idleMs;
    private final long settleMs;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final ClientAddresses openers = new ClientAddresses(MOST_OF_ONE);

    private static final class Entry {
        private final String opener;
        private final CompletableFuture<Deliverable> ready = new CompletableFuture<>();
        private volatile long askedMs;
        private volatile long endedMs = Long.MAX_VALUE;
        private volatile Hold hold;
        private volatile SeekableFilm.Hold film;
        private volatile Runnable stop = () -> {};

        Entry(String opener) {
            this.opener = opener;
        }
    }

    /** Makes HLS of a stream that is no film. */
    interface LiveSource {
        SegmentedLive.Opened open(String name, Stream stream) throws IOException;
    }

    /**
     * @param nowMs    any clock
     * @param idleMs   how long a stream stays open that nobody asks for
     * @param settleMs how long a broadcast may take until it plays
     */
    LiveStreams(
            Streams streams,
            FilmStreams films,
            LiveSource live,
            ScheduledExecutorService scheduler,
            LongSupplier nowMs,
            long idleMs,
            long settleMs) {
        this.streams = streams;
        this.films = films;
        this.live = live;
        this.scheduler = scheduler;
        this.nowMs = nowMs;
        this.idleMs = idleMs;
        this.settleMs = settleMs;
    }

    /**
     * The stream of that name or URI, opened when it is not.
     *
     * @param isList whether a playlist is asked for, and not what one lists
     * @param asker  address of whoever asks
     */
    CompletionStage<Deliverable> get(String name, boolean isList, String asker) {
        long now = nowMs.getAsLong();
        Entry known = entries.get(name);
        if (known != null && !(isList && isPast(name, known, now))) {
            known.askedMs = now;
            return known.ready;
        }
        if (known == null && !isList && !streams.isOnSeveral(name)) {
            return CompletableFuture.failedFuture(new Refusal(
                    StatusText.STREAM_NOT_FOUND,
                    "the stream '" + name + "' is not delivered as HLS; its playlist comes first"));
        }
        if (entries.size() >= MOST_STREAMS) {
            return CompletableFuture.failedFuture(new Refusal(
                    StatusText.SERVER_IS_OVERLOADED,
                    "no more than " + MOST_STREAMS + " streams are delivered as HLS at a time"));
        }
        if (known != null) {
            remove(name, known);
        }
        if (!openers.enter(asker)) {
            return CompletableFuture.failedFuture(new Refusal(
                    StatusText.SERVER_IS_OVERLOADED,
                    asker + " has " + MOST_OF_ONE + " streams delivered as HLS already"));
        }
        Entry entry = new Entry(asker);
        entry.askedMs = now;
        Entry first = entries.putIfAbsent(name, entry);
        if (first != null) {
            openers.leave(asker);
            return first.ready;
        }
        entry.ready.whenComplete((opened, failure) -> {
            if (failure != null) {
                remove(name, entry);
            }
        });
        execute(name, entry, () -> open(name, entry));
        return entry.ready;
    }

    /** Whether somebody has asked for it before. */
    boolean isOpen(String name) {
        return entries.containsKey(name);
    }

    /** Whatever goes wrong, those who wait are told. */
    private void execute(String name, Entry entry, Runnable step) {
        try {
            streams.opener(name, entry.opener).execute(() -> {
                try {
                    step.run();
                } catch (RuntimeException | Error e) {
                    entry.ready.completeExceptionally(e);
                    throw e;
                }
            });
        } catch (RuntimeException e) {
            entry.ready.completeExceptionally(e);
        }
    }

    /** Whether a stream of that name has such a playlist. */
    static boolean isList(String name, String resource) {
        return resource.equals(name + ".m3u8") || StreamDelivery.LISTS.contains(resource);
    }

    /** Whether it ended, and the next one of that name is there or may come. */
    private boolean isPast(String name, Entry entry, long now) {
        Hold hold = entry.hold;
        if (hold == null || !hold.stream().isRetired()) {
            return false;
        }
        if (entry.endedMs == Long.MAX_VALUE) {
            entry.endedMs = now;
        }
        return now - entry.endedMs > LAST_LIST_MS || isAnother(name, hold.stream());
    }

    private boolean isAnother(String name, Stream ended) {
        try {
            return streams.joinable(name) != ended;
        } catch (Refusal none) {
            return false;
        }
    }

    private void open(String name, Entry entry) {
        try {
            Hold hold = streams.open(name, HOLDER.of(entry.opener));
            entry.hold = hold;
            hold.start();
            Optional<FilmBroadcast> broadcast = hold.stream().source().broadcast();
            if (broadcast.isPresent()) {
                entry.film = broadcast
                        .get()
                        .film()
                        .orElseThrow(() -> new Refusal(StatusText.STREAM_NOT_FOUND, "the stream ended as it began"));
                settle(name, entry, broadcast.get(), nowMs.getAsLong() + settleMs);
            } else {
                SegmentedLive.Opened opened = live.open(name, hold.stream());
                entry.stop = opened.close();
                entry.ready.complete(opened.delivery());
                LOG.info(() -> name + " is delivered as HLS");
            }
        } catch (IOException | RuntimeException e) {
            entry.ready.completeExceptionally(e);
        }
        closeAgain(name, entry);
    }

    /** Waits until it is known what the broadcast shows when. */
    private void settle(String name, Entry entry, FilmBroadcast broadcast, long untilMs) {
        Optional<FilmBroadcast.Timetable> timetable = broadcast.timetable();
        try {
            if (entry.ready.isDone()) {
                // its delivery was ended meanwhile
            } else if (timetable.isPresent()) {
                entry.ready.complete(
                        films.of(name, entry.hold.stream(), entry.film.film(), broadcast, timetable.get()));
                LOG.info(() -> name + " is delivered as HLS");
            } else if (nowMs.getAsLong() > untilMs || entry.hold.stream().isRetired()) {
                entry.ready.completeExceptionally(
                        new Refusal(StatusText.STREAM_NOT_FOUND, "the broadcast has not begun"));
            } else {
                scheduler.schedule(
                        () -> execute(name, entry, () -> settle(name, entry, broadcast, untilMs)),
                        SETTLE_STEP_MS,
                        TimeUnit.MILLISECONDS);
            }
        } catch (IOException | RuntimeException e) {
            entry.ready.completeExceptionally(e);
        }
        closeAgain(name, entry);
    }

    /** Its delivery may have been ended before it was open. */
    private void closeAgain(String name, Entry entry) {
        if (entry.ready.isCompletedExceptionally()) {
            remove(name, entry);
        }
    }

    /** The names or URIs of those that are delivered. */
    List<String> names() {
        return entries.entrySet().stream()
                .filter(entry -> isRunning(entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static boolean isRunning(Entry entry) {
        return entry.ready.isDone()
                && !entry.ready.isCompletedExceptionally()
                && !entry.hold.stream().isRetired();
    }

    /** Ends the delivery of a stream. @return whether it was delivered */
    boolean close(String name) {
        Entry entry = entries.get(name);
        if (entry != null) {
            remove(name, entry);
        }
        return entry != null && entry.ready.isDone();
    }

    /** Closes those that nobody has asked for. */
    void closeIdle() {
        long now = nowMs.getAsLong();
        entries.forEach((name, entry) -> {
            isPast(name, entry, now);
            boolean asked = !entry.opener.equals(REST);
            long patienceMs = asked && Variant.parse(name).isPresent() ? Math.min(MADE_IDLE_MS, idleMs) : idleMs;
            if (entry.ready.isDone() && now - entry.askedMs > patienceMs) {
                LOG.log(
                        Level.INFO,
                        "{0} is no longer delivered as HLS: nobody has asked for it for {1} s",
                        new Object[] {name, patienceMs / 1000});
                remove(name, entry);
            }
        });
    }

    /** Closes all. */
    void closeAll() {
        entries.forEach(this::remove);
    }

    private void remove(String name, Entry entry) {
        if (entries.remove(name, entry)) {
            openers.leave(entry.opener);
        }
        if (entry.hold != null) {
            entry.hold.close();
        }
        entry.stop.run();
        if (entry.film != null) {
            entry.film.close();
        }
        entry.ready.completeExceptionally(
                new Refusal(StatusText.STREAM_NOT_FOUND, "the delivery of '" + name + "' was ended"));
    }
}
