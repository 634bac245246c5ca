package org.reelcast.source.vod;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.cluster.Cluster;
import org.reelcast.cluster.HttpAddress;
import org.reelcast.cluster.grid.Node;
import org.reelcast.rendition.reencode.SegmentPeers;
import org.reelcast.storage.SourceId;

/**
 * Segments of re-encoded films, of which each is made by one node of a cluster: for each half minute of a film another
 * one, by the highest hash of node and place (Thaler and Ravishankar 1998), so that nothing is agreed upon, the work is
 * spread, and what a node made that dies is made by the next from then on. A node that does not answer in time is not
 * asked again for a while: then all is made here.
 */
final class SegmentExchange implements SegmentPeers {
    static final String PATH = "/cluster/segment";
    static final String SECRET = "Reelcast-Secret";
    private static final long BLOCK_US = 30_000_000;
    private static final long PAUSE_MS = 10_000;
    private static final int MOST_AT_A_TIME = 16;
    /** A segment is no larger. */
    private static final int MOST_BYTES = 160 << 20;

    private static final Logger LOG = Logger.getLogger(SegmentExchange.class.getName());

    private final Cluster cluster;
    private final Names names;
    private final Limits limits;
    private final LongSupplier nowMs;
    private final HttpClient http;
    private final Executor tasks;
    private final Semaphore fetches = new Semaphore(MOST_AT_A_TIME);
    /** By node: until when it is not asked. */
    private final Map<String, Long> paused = new ConcurrentHashMap<>();

    /**
     * How long a segment is waited for.
     *
     * @param ready that is there: viewers wait for it
     * @param made  that is to be made
     */
    record Limits(Duration ready, Duration made) {
        static final Limits USUAL = new Limits(Duration.ofMillis(300), Duration.ofMillis(1_500));
    }

    /** What films are called on all nodes. */
    interface Names {
        Optional<String> of(SourceId film);
    }

    /** @param tasks take what comes */
    SegmentExchange(Cluster cluster, Names names, Limits limits, LongSupplier nowMs, Executor tasks) {
        this.cluster = cluster;
        this.names = names;
        this.limits = limits;
        this.nowMs = nowMs;
        this.tasks = tasks;
        http = HttpClient.newBuilder()
                .executor(tasks)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.ready())
                .build();
    }

    @Override
    public Optional<Peer> maker(SourceId film, String how, long startUs) {
        Optional<String> name = names.of(film);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String place = name.get() + '/' + how + '/' + startUs / BLOCK_US;
        return cluster.nodes().stream()
                .max(Comparator.comparingLong(node -> hash(node.id() + '/' + place)))
                .filter(node -> !node.self() && paused.getOrDefault(node.id(), 0L) <= nowMs.getAsLong())
                .flatMap(node -> HttpAddress.of(node)
                        .map(address -> made ->
                                fetch(node, address.uri(PATH + query(name.get(), film, how, startUs, made)), made)));
    }

    /** FNV-1a of 64 bits, with a last mix: the same on all nodes. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ each) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        return (hash * 0xd6e8feb86659fd93L) & Long.MAX_VALUE;
    }

    private static String query(String name, SourceId film, String how, long startUs, boolean made) {
        return "?film=" + encoded(name) + "&size=" + film.size() + "&version=" + encoded(film.version()) + "&how="
                + encoded(how) + "&start=" + startUs + "&made=" + made;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private CompletionStage<byte[]> fetch(Node node, URI uri, boolean made) {
        if (!fetches.tryAcquire()) {
            return CompletableFuture.failedFuture(new IllegalStateException("Too many segments are fetched"));
        }
        Duration limit = made ? limits.ready() : limits.made();
        return CompletableFuture.supplyAsync(() -> request(uri, limit), tasks)
                .thenCompose(request -> http.sendAsync(request, SegmentExchange::body))
                .thenApply(response -> {
                    if (response.statusCode() != 200) {
                        throw new IllegalStateException("Node " + node.id() + " has it not: " + response.statusCode());
                    }
                    return response.body();
                })
                .orTimeout(2 * limit.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((bytes, failure) -> {
                    fetches.release();
                    if (failure != null) {
                        onFailure(node, failure);
                    }
                });
    }

    private HttpRequest request(URI uri, Duration limit) {
        return HttpRequest.newBuilder(uri)
                .timeout(limit)
                .header(SECRET, cluster.secret())
                .build();
    }

    private static HttpResponse.BodySubscriber<byte[]> body(HttpResponse.ResponseInfo head) {
        boolean fits = head.headers().firstValueAsLong("Content-Length").orElse(Long.MAX_VALUE) <= MOST_BYTES;
        return head.statusCode() == 200 && fits
                ? BodyHandlers.ofByteArray().apply(head)
                : BodySubscribers.replacing(null);
    }

    private void onFailure(Node node, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        LOG.log(Level.FINE, "A segment of node " + node.id() + " is made here", cause);
        if (!(cause instanceof IllegalStateException)) {
            paused.put(node.id(), nowMs.getAsLong() + PAUSE_MS);
            paused.keySet().removeIf(id -> !cluster.has(id));
        }
    }
}
