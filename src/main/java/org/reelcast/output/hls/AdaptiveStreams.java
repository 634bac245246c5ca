package org.reelcast.output.hls;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.reelcast.live.encode.AacAudio;
import org.reelcast.loop.AnyThread;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.HlsRequest;
import org.reelcast.output.hls.playlist.MediaPlaylist;
import org.reelcast.output.hls.playlist.Variant;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Ladder;
import org.reelcast.stream.Streams;

/**
 * Streams in several sizes, between which players change: a multivariant playlist that lists them, and each of them as
 * the stream that it is, which is made with the first request for it.
 */
@AnyThread
final class AdaptiveStreams {
    /** WCS's mark behind the name of the stream. */
    static final String SUFFIX = "-HLS-ABR-STREAM";

    private static final String LIST = ".m3u8";
    private static final int MOST_KNOWN = 1_000;

    private final Streams streams;
    private final LiveStreams live;
    /** By name; those asked for longest ago are forgotten. Guarded by itself. */
    private final Map<String, List<Ladder.Rung>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Ladder.Rung>> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    AdaptiveStreams(Streams streams, LiveStreams live) {
        this.streams = streams;
        this.live = live;
    }

    /**
     * The answer, once there is one.
     *
     * @param parts of the path, decoded: the name with its mark, the label of a size, the resource
     * @param asker address of whoever asks
     */
    CompletionStage<HlsAnswer> get(List<String> parts, HlsRequest request, String asker) {
        String marked = parts.get(0);
        String name = marked.substring(0, marked.length() - SUFFIX.length());
        if (parts.size() == 3) {
            return size(name, parts.get(1), request, asker);
        }
        if (!request.resource().equals(marked + LIST)) {
            return CompletableFuture.completedFuture(HlsAnswer.refusal(
                    404, "The playlist of a stream has its name: /NAME" + SUFFIX + "/NAME" + SUFFIX + LIST + "."));
        }
        return rungs(name, asker)
                .thenApply(rungs ->
                        HlsAnswer.playlist(MediaPlaylist.MEDIA_TYPE, playlist(rungs, request.query()), HlsAnswer.LIVE));
    }

    private CompletionStage<HlsAnswer> size(String name, String label, HlsRequest request, String asker) {
        boolean isList = LiveStreams.isList(label, request.resource());
        List<Ladder.Rung> rungs;
        synchronized (known) {
            rungs = known.get(name);
        }
        CompletionStage<List<Ladder.Rung>> all = rungs == null && isList
                ? rungs(name, asker)
                : CompletableFuture.completedFuture(rungs == null ? List.of() : rungs);
        return all.thenCompose(found -> {
            Optional<String> uri = found.stream()
                    .filter(rung -> rung.label().equals(label))
                    .findFirst()
                    .map(rung -> rung.variant().uri());
            if (uri.isEmpty()) {
                return CompletableFuture.failedFuture(new Refusal(
                        StatusText.STREAM_NOT_FOUND,
                        "'" + name + "' is not delivered as HLS in a size '" + label + "'"));
            }
            if (isList) {
                // a player that changes to one that has just begun would find nothing of what it shows
                found.stream()
                        .map(rung -> rung.variant().uri())
                        .filter(other -> !other.equals(uri.get()))
                        .forEach(other -> live.get(other, true, asker));
            }
            HlsRequest own = request.resource().equals(label + LIST)
                    ? new HlsRequest(
                            uri.get() + LIST, request.query(), request.sequence(), request.part(), request.delta())
                    : request;
            return live.get(uri.get(), isList, asker).thenCompose(stream -> stream.get(own));
        });
    }

    /** Has all sizes of a stream made before anybody asks for them. */
    CompletionStage<?> startAll(String name) {
        return rungs(name, LiveStreams.REST)
                .thenAccept(
                        rungs -> rungs.forEach(rung -> live.get(rung.variant().uri(), true, LiveStreams.REST)));
    }

    private CompletionStage<List<Ladder.Rung>> rungs(String name, String asker) {
        CompletableFuture<List<Ladder.Rung>> answer = new CompletableFuture<>();
        try {
            streams.opener(name, asker).execute(() -> {
                try {
                    List<Ladder.Rung> rungs = streams.rungs(name, asker);
                    synchronized (known) {
                        known.put(name, rungs);
                    }
                    answer.complete(rungs);
                } catch (Refusal | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private static String playlist(List<Ladder.Rung> rungs, String query) {
        StringBuilder text = new StringBuilder(Variant.HEAD).append("#EXT-X-INDEPENDENT-SEGMENTS\n");
        for (Ladder.Rung rung : rungs) {
            text.append(Variant.of(rung, rung.sound() ? Optional.of(AacAudio.FORMAT) : Optional.empty())
                    .entry(rung.label() + "/" + rung.label() + LIST, query));
        }
        return text.toString();
    }
}
