package org.reelcast.output.hls.film;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reelcast.output.hls.http.Alarms;
import org.reelcast.output.hls.http.Deliverable;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.HlsRequest;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.http.MediaName;
import org.reelcast.output.hls.playlist.MediaPlaylist;

/**
 * A film that is broadcast, as HLS. Nothing is cut or kept ahead: which segments are listed follows from the film's plan
 * and the time, and a segment is read from the film when somebody asks for it.
 */
public final class FilmStream implements Deliverable {
    static final String INDEX = "index.m3u8";
    static final String LOW_LATENCY = "live.m3u8";

    private final String plainName;
    private final FilmTimeline timeline;
    private final FilmWindow window;
    private final FilmSegmentMaker maker;
    private final MediaCache cache;
    private final Alarms alarms;

    FilmStream(String name, FilmTimeline timeline, FilmWindow window, FilmSegmentMaker maker, MediaCache cache,
            Alarms alarms) {
        this.plainName = name + ".m3u8";
        this.timeline = timeline;
        this.window = window;
        this.maker = maker;
        this.cache = cache;
        this.alarms = alarms;
    }

    @Override
    public CompletionStage<HlsAnswer> get(HlsRequest request) {
        try {
            if (request.resource().equals(plainName)) {
                return done(HlsAnswer.playlist(MediaPlaylist.MEDIA_TYPE, window.plain().write(request.query()),
                        HlsAnswer.LIVE));
            }
            if (request.resource().equals(INDEX)) {
                return done(HlsAnswer.playlist(MediaPlaylist.MEDIA_TYPE, maker.variant().playlist(
                        LOW_LATENCY, request.query()), HlsAnswer.LIVE));
            }
            if (request.resource().equals(LOW_LATENCY)) {
                return lowLatency(request);
            }
            if (request.resource().equals(maker.mapName())) {
                return done(HlsAnswer.media(MediaName.MP4_TYPE, List.of(maker.map())));
            }
            return media(request);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static CompletionStage<HlsAnswer> done(HlsAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private CompletionStage<HlsAnswer> lowLatency(HlsRequest request) throws IOException {
        if (request.isMalformed()) {
            return done(HlsAnswer.refusal(400, "_HLS_part needs _HLS_msn."));
        }
        long first = window.firstLowLatencyUs();
        long neededUs = first;
        if (request.sequence() >= 0 && window.hasParts()) {
            long number = request.sequence() - timeline.firstSequence();
            if (window.isFarAhead(number, request.part())) {
                return done(HlsAnswer.refusal(400, "_HLS_msn or _HLS_part is too far ahead of the playlist."));
            }
            neededUs = Math.max(first, window.listedAtUs(number, request.part()));
        }
        String cacheControl = request.sequence() >= 0 ? HlsAnswer.BLOCKED : HlsAnswer.LIVE;
        return whenShown(neededUs, () -> HlsAnswer.playlist(MediaPlaylist.MEDIA_TYPE,
                window.lowLatency().write(request.query()), cacheControl));
    }

    /** The answer, once the position is shown; 503 when that takes longer than players may be kept waiting. */
    private CompletionStage<HlsAnswer> whenShown(long positionUs, Alarms.Maker answer) throws IOException {
        if (timeline.positionUs() >= positionUs || timeline.isOver()) {
            return done(answer.make());
        }
        long waitUs = timeline.untilUs(positionUs);
        if (waitUs > window.longestWaitUs()) {
            return done(HlsAnswer.refusal(503, "What was asked for takes too long to come."));
        }
        return alarms.after(waitUs, answer);
    }

    private CompletionStage<HlsAnswer> media(HlsRequest request) throws IOException {
        MediaName name = MediaName.parse(maker.prefix(), request.resource()).orElse(null);
        if (name == null) {
            return done(HlsAnswer.refusal(404, "There is no such resource; it may be of an earlier broadcast."));
        }
        long number = name.sequence() - timeline.firstSequence();
        if (!window.isWithinReach(number, name.part())) {
            return done(HlsAnswer.refusal(404, "There is no such segment."));
        }
        if (name.part() < 0) {
            return maker.make(cache, name, number).thenApply(media -> HlsAnswer.media(name.mediaType(), media));
        }
        CompletionStage<HlsAnswer> shown = whenShown(window.listedAtUs(number, name.part()),
                () -> HlsAnswer.media(name.mediaType(), List.of()));
        return shown.thenCompose(ready -> ready.status() != 200 ? done(ready) : maker.make(cache, name, number)
                .thenApply(parts -> HlsAnswer.media(name.mediaType(), List.of(parts.get(name.part())))));
    }
}
