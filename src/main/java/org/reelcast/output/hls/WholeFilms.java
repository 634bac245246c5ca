package org.reelcast.output.hls;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.reelcast.loop.AnyThread;
import org.reelcast.output.hls.film.WholeFilm;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.HlsRequest;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.refusal.Refusal;
import org.reelcast.stream.Ladder;
import org.reelcast.stream.SeekableFilm;
import org.reelcast.stream.Streams;

/**
 * The whole films that are delivered. A film stays open for a while after it was asked for last; each time its playlist
 * is asked for, it is looked whether the file is another one by now.
 */
@AnyThread
final class WholeFilms {
    private static final String SCHEME = "vod://";
    private static final int MOST_OPEN = 500;

    private final Streams streams;
    private final MediaCache cache;
    private final Executor encoding;
    private final LongSupplier nowMs;
    private final long idleMs;
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    private static final class Open {
        private final SeekableFilm.Hold hold;
        private final WholeFilm film;
        private final AtomicInteger underWay = new AtomicInteger();
        private volatile long askedMs;

        Open(SeekableFilm.Hold hold, WholeFilm film, long askedMs) {
            this.hold = hold;
            this.film = film;
            this.askedMs = askedMs;
        }

        void close() {
            film.close();
            hold.close();
        }
    }

    /** @param encoding makes segments that are encoded, and waits for their encoders */
    WholeFilms(Streams streams, MediaCache cache, Executor encoding, LongSupplier nowMs, long idleMs) {
        this.streams = streams;
        this.cache = cache;
        this.encoding = encoding;
        this.nowMs = nowMs;
        this.idleMs = idleMs;
    }

    /** @param location as behind {@code vod://} @param asker address of whoever asks */
    CompletionStage<HlsAnswer> get(String location, HlsRequest request, String asker) {
        Open known = open.get(location);
        if (known != null && !isList(request)) {
            return answer(known, request);
        }
        CompletableFuture<Open> film = new CompletableFuture<>();
        String uri = SCHEME + location;
        try {
            streams.opener(uri, asker).execute(() -> {
                try {
                    film.complete(open(location, uri, asker));
                } catch (IOException | RuntimeException e) {
                    film.completeExceptionally(e);
                }
            });
        } catch (RuntimeException e) {
            film.completeExceptionally(e);
        }
        return film.thenCompose(opened -> answer(opened, request));
    }

    /** The film is not closed before it has answered: a segment that is encoded may take long. */
    private CompletionStage<HlsAnswer> answer(Open film, HlsRequest request) {
        film.underWay.incrementAndGet();
        CompletionStage<HlsAnswer> answer;
        try {
            answer = film.film.get(request);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.whenComplete((made, failure) -> {
            film.askedMs = nowMs.getAsLong();
            film.underWay.decrementAndGet();
        });
    }

    private static boolean isList(HlsRequest request) {
        return !request.resource().endsWith(".m4s") && !request.resource().endsWith(".mp4");
    }

    private Open open(String location, String uri, String asker) throws IOException {
        SeekableFilm.Hold hold = streams.film(uri, asker);
        boolean kept = false;
        try {
            Open known = open.get(location);
            if (known != null && known.film.version().equals(hold.film().version())) {
                known.askedMs = nowMs.getAsLong();
                return known;
            }
            Open made =
                    new Open(hold, new WholeFilm(hold.film(), cache, sizes(hold.film()), encoding), nowMs.getAsLong());
            Open replaced = open.put(location, made);
            kept = true;
            if (replaced != null) {
                replaced.close();
            }
            closeOldest();
            return made;
        } finally {
            if (!kept) {
                hold.close();
            }
        }
    }

    /** Those of this server; none of a film without a picture, or where nothing is transcoded. */
    private List<Ladder.Rung> sizes(SeekableFilm film) {
        try {
            return streams.rungs(film);
        } catch (Refusal e) {
            return List.of();
        }
    }

    private void closeOldest() {
        while (open.size() > MOST_OPEN) {
            open.entrySet().stream()
                    .min((a, b) -> Long.compare(a.getValue().askedMs, b.getValue().askedMs))
                    .ifPresent(oldest -> close(oldest.getKey(), oldest.getValue()));
        }
    }

    /** Closes those that nobody has asked for. */
    void closeIdle() {
        long since = nowMs.getAsLong() - idleMs;
        open.forEach((location, film) -> {
            if (film.askedMs < since && film.underWay.get() == 0) {
                close(location, film);
            }
        });
    }

    void closeAll() {
        open.forEach(this::close);
    }

    private void close(String location, Open film) {
        if (open.remove(location, film)) {
            film.close();
        }
    }
}
