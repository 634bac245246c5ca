package org.reelcast.output.hls.http;

import java.io.IOException;
import java.util.List;
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

    private final String plainName;
    private final SegmentedStream stream;

    /** @param name what the playlist for players of whole segments is named after */
    public StreamDelivery(String name, SegmentedStream stream) {
        this.plainName = name + ".m3u8";
        this.stream = stream;
    }

    @Override
    public CompletionStage<HlsAnswer> get(HlsRequest request) {
        try {
            if (request.resource().equals(plainName)) {
                return stream.whenReady(() -> list(stream.plain(), request,
                        HlsAnswer.LIVE));
            }
            if (request.resource().equals(INDEX)) {
                return stream.whenReady(() -> HlsAnswer.playlist(
                        MediaPlaylist.MEDIA_TYPE, stream.variant().playlist(LOW_LATENCY, request.query()),
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
        return HlsAnswer.playlist(MediaPlaylist.MEDIA_TYPE, list.write(request.query()), cache);
    }

    private CompletionStage<HlsAnswer> lowLatency(HlsRequest request) throws IOException {
        if (request.isMalformed()) {
            return done(HlsAnswer.refusal(400, "_HLS_part needs _HLS_msn."));
        }
        boolean held = request.sequence() >= 0 && stream.hasParts();
        if (held && stream.isFarAhead(request.sequence(), request.part())) {
            return done(HlsAnswer.refusal(400, "_HLS_msn or _HLS_part is too far ahead of the playlist."));
        }
        return stream.whenListed(held ? request.sequence() : SegmentedStream.FIRST_LIST, held ? request.part() : -1,
                () -> list(stream.lowLatency(), request, held ? HlsAnswer.BLOCKED : HlsAnswer.LIVE));
    }

    private CompletionStage<HlsAnswer> media(HlsRequest request) throws IOException {
        Optional<byte[]> map = stream.map(request.resource());
        if (map.isPresent()) {
            return done(HlsAnswer.media(MediaName.MP4_TYPE, List.of(map.get())));
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
        HlsAnswer ready = HlsAnswer.media(name.mediaType(), List.of());
        return stream.whenListed(name.sequence(), name.part(), () -> ready)
                .thenCompose(shown -> shown == ready ? media(name) : done(shown));
    }

    private CompletionStage<HlsAnswer> media(MediaName name) {
        return stream.media(name).thenApply(media -> HlsAnswer.media(name.mediaType(), media));
    }
}
