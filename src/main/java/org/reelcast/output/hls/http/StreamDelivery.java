package org.reelcast.output.hls.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reelcast.output.hls.playlist.MediaPlaylist;

/** A live stream as HLS: its playlists, and the segments and parts that they list. */
public final class StreamDelivery implements Deliverable {
    private static final String INDEX = "index.m3u8";
    private static final String LOW_LATENCY = "live.m3u8";
    /** Playlists that each stream has, beside the one that is named after it. */
    public static final List<String> LISTS = List.of(INDEX, LOW_LATENCY);

    /** Players of whole segments start with what is listed: with fewer they stand still until the next one is whole. */
    private static final int TO_START_WITH = 3;

    private final String plainName;
    private final SegmentedStream stream;
    private final HeldAnswers alarms;
    /** Answers that are held: who asks for the same gets the same. Guarded by itself. */
    private final Map<HlsRequest, CompletableFuture<HlsAnswer>> held = new HashMap<>();

    /**
     * @param name   what the playlist for players of whole segments is named after
     * @param alarms that hold the stream's answers
     */
    public StreamDelivery(String name, SegmentedStream stream, HeldAnswers alarms) {
        this.plainName = name + ".m3u8";
        this.stream = stream;
        this.alarms = alarms;
    }

    @Override
    public CompletionStage<HlsAnswer> get(HlsRequest request) {
        try {
            if (request.resource().equals(plainName)) {
                return stream.whenReady(TO_START_WITH, () -> list(stream.plain(), request, HlsAnswer.LIVE));
            }
            if (request.resource().equals(INDEX)) {
                return stream.whenReady(
                        1,
                        () -> HlsAnswer.playlist(
                                MediaPlaylist.MEDIA_TYPE,
                                stream.variant().playlist(LOW_LATENCY, request.query()),
                                HlsAnswer.LIVE));
            }
            return request.resource().equals(LOW_LATENCY) ? lowLatency(request) : media(request);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static CompletionStage<HlsAnswer> done(HlsAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static HlsAnswer list(MediaPlaylist list, HlsRequest request, String cache) {
        return HlsAnswer.playlist(
                MediaPlaylist.MEDIA_TYPE,
                request.delta() ? list.writeDelta(request.query()) : list.write(request.query()),
                cache);
    }

    private CompletionStage<HlsAnswer> lowLatency(HlsRequest request) throws IOException {
        if (request.isMalformed()) {
            return done(HlsAnswer.refusal(400, "_HLS_part needs _HLS_msn."));
        }
        if (request.sequence() < 0 || !stream.hasParts()) {
            return stream.whenListed(
                    SegmentedStream.FIRST_LIST, -1, () -> list(stream.lowLatency(), request, HlsAnswer.LIVE));
        }
        if (stream.isFarAhead(request.sequence(), request.part())) {
            return done(HlsAnswer.refusal(400, "_HLS_msn or _HLS_part is too far ahead of the playlist."));
        }
        return blocked(request);
    }

    /** A crowd of players asks for the same list: it is made, and compressed, once. */
    private CompletionStage<HlsAnswer> blocked(HlsRequest request) throws IOException {
        CompletableFuture<HlsAnswer> same;
        synchronized (held) {
            same = held.get(request);
        }
        if (same != null) {
            return alarms.share(same);
        }
        CompletableFuture<HlsAnswer> first = stream.whenListed(
                        request.sequence(), request.part(), () -> list(stream.lowLatency(), request, HlsAnswer.BLOCKED))
                .toCompletableFuture();
        if (!first.isDone()) {
            synchronized (held) {
                held.putIfAbsent(request, first);
            }
            first.whenComplete((answer, failure) -> {
                synchronized (held) {
                    held.remove(request, first);
                }
            });
        }
        return first;
    }

    private CompletionStage<HlsAnswer> media(HlsRequest request) throws IOException {
        Optional<byte[]> map = stream.map(request.resource());
        if (map.isPresent()) {
            return done(HlsAnswer.media(MediaName.MP4_TYPE, Media.lasting(map.get())));
        }
        MediaName name = MediaName.parse(stream.prefix(), request.resource()).orElse(null);
        if (name == null) {
            return done(HlsAnswer.refusal(404, "There is no such resource; it may be of an earlier broadcast."));
        }
        if (!stream.isWithinReach(name.sequence(), name.part())) {
            return done(HlsAnswer.refusal(404, "There is no such segment."));
        }
        if (name.part() < 0) {
            return media(name);
        }
        HlsAnswer ready = HlsAnswer.media(name.mediaType(), Media.lasting(new byte[0]));
        return stream.whenListed(name.sequence(), name.part(), () -> ready)
                .thenCompose(shown -> shown == ready ? media(name) : done(shown));
    }

    private CompletionStage<HlsAnswer> media(MediaName name) {
        return stream.media(name).thenApply(media -> HlsAnswer.media(name.mediaType(), media));
    }
}
