package org.reelcast.output.hls.film;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import org.reelcast.loop.Blocking;
import org.reelcast.output.hls.http.Deliverable;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.HlsRequest;
import org.reelcast.output.hls.http.Media;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.http.MediaName;
import org.reelcast.output.hls.playlist.MediaPlaylist;
import org.reelcast.output.hls.playlist.Segment;
import org.reelcast.output.hls.playlist.Variant;
import org.reelcast.segment.FilmSegments;
import org.reelcast.segment.LoopedSegments;
import org.reelcast.segment.SegmentFrames;
import org.reelcast.segment.SegmentLengths;
import org.reelcast.stream.Ladder;
import org.reelcast.stream.SeekableFilm;

/**
 * A whole film that players seek in: a playlist for HLS, a manifest for DASH. Each segment has the film's own times, a
 * constant later, whichever is asked for first.
 */
public final class WholeFilm implements Deliverable {
    static final String DASH_TYPE = "application/dash+xml";
    private static final String INDEX = "index.m3u8";
    private static final String SIZES = "abr.m3u8";
    private static final String MEDIA = "media.m3u8";
    private static final String KEY_FRAMES = "iframes.m3u8";
    private static final String MANIFEST = "manifest.mpd";

    /** Of an initialization segment, more than it has. */
    private static final int MAP_BYTES = 4_096;

    private final FilmMedia media;
    private final FilmSegments segments;
    private final MediaCache cache;
    private final FilmWriters whole;
    private final FilmWriters keyFrames;
    private final FilmWriters pictures;
    private final FilmWriters sound;
    private final List<Rendition> renditions;
    private final Executor encoding;
    private final List<FilmRung> rungs;

    /**
     * The film with both its tracks, for HLS, one of them, for DASH, or its key frames.
     *
     * @param reader gives what of a segment is in it
     */
    private record Rendition(FilmWriters writers, Reader reader) {}

    private interface Reader {
        SegmentFrames read(int segment) throws IOException;
    }

    /**
     * Reads the film's index.
     *
     * @param film     open as long as this is used
     * @param sizes    in which it is to be had, too
     * @param encoding makes segments in those, and waits for their encoders
     */
    @Blocking
    public WholeFilm(SeekableFilm film, MediaCache cache, List<Ladder.Rung> sizes, Executor encoding)
            throws IOException {
        this.encoding = encoding;
        this.media = FilmMedia.recutWhereNeeded(film, SegmentLengths.WHOLE_FILM, cache.largest());
        this.segments = media.segments();
        this.cache = cache;
        boolean recut = !media.video().equals(film.video());
        String prefix = media.prefix(recut ? "whole, recut" : "whole");
        whole = media.writers(prefix);
        keyFrames = media.pictureWriters(prefix + "k");
        pictures = media.pictureWriters(prefix + "v");
        sound = media.soundWriters(prefix + "a");
        renditions = new ArrayList<>(List.of(new Rendition(whole, segments::read)));
        if (media.video().isPresent()) {
            renditions.add(new Rendition(pictures, segment -> segments.read(segment, true, false)));
            renditions.add(new Rendition(keyFrames, segments::readKey));
        }
        if (media.audio().isPresent()) {
            renditions.add(new Rendition(sound, segment -> segments.read(segment, false, true)));
        }
        // what takes as much as the film itself is of no use
        rungs = sizes.stream()
                .map(size -> new FilmRung(size, film, media))
                .filter(rung -> rung.variant().average() < media.variant().average())
                .toList();
    }

    /** Nothing of it is encoded any more. */
    public void close() {
        rungs.forEach(FilmRung::close);
    }

    /** Another one when the file changes. */
    public String version() {
        return media.version();
    }

    @Override
    public CompletionStage<HlsAnswer> get(HlsRequest request) {
        String resource = request.resource();
        if (resource.equals(INDEX)) {
            return list(media.variant().playlist(MEDIA, request.query())
                    + (media.video().isEmpty()
                            ? ""
                            : media.variant().keyFrames(media.plan().peakKeyBitrate(), KEY_FRAMES, request.query())));
        }
        if (resource.equals(SIZES)) {
            return list(sizes(request.query()));
        }
        if (resource.equals(MEDIA)) {
            return list(playlist(whole.prefix(), whole::mapName, MediaPlaylist.Kind.WHOLE_FILM)
                    .write(request.query()));
        }
        if (resource.equals(KEY_FRAMES) && media.video().isPresent()) {
            return list(playlist(keyFrames.prefix(), keyFrames::mapName, MediaPlaylist.Kind.KEY_FRAMES)
                    .write(request.query()));
        }
        if (resource.equals(MANIFEST)) {
            return CompletableFuture.completedFuture(HlsAnswer.playlist(
                    DASH_TYPE, new DashManifest(media, pictures, sound).write(request.query()), HlsAnswer.FILM));
        }
        for (Rendition rendition : renditions) {
            Optional<byte[]> map = rendition.writers().map(resource);
            if (map.isPresent()) {
                return CompletableFuture.completedFuture(HlsAnswer.media(MediaName.MP4_TYPE, Media.lasting(map.get())));
            }
            OptionalInt segment = segment(rendition.writers().prefix(), resource);
            if (segment.isPresent()) {
                int number = segment.getAsInt();
                return cache.get(resource, media.plan().bytes(number), () -> List.of(make(rendition, number)))
                        .thenApply(made -> HlsAnswer.media(MediaName.MP4_TYPE, made));
            }
        }
        for (FilmRung rung : rungs) {
            Optional<CompletionStage<HlsAnswer>> answer = answer(rung, request);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return CompletableFuture.completedFuture(HlsAnswer.refusal(
                404, "There is no such resource; the film may have changed: load its playlist again."));
    }

    private OptionalInt segment(String prefix, String resource) {
        return MediaName.parse(prefix, resource)
                .filter(any -> any.mp4()
                        && any.part() < 0
                        && any.sequence() < media.plan().count())
                .map(name -> OptionalInt.of((int) name.sequence()))
                .orElse(OptionalInt.empty());
    }

    /** The film itself is the largest of its sizes, and costs nothing. */
    private String sizes(String query) {
        StringBuilder text = new StringBuilder(Variant.HEAD).append("#EXT-X-INDEPENDENT-SEGMENTS\n");
        rungs.forEach(rung -> text.append(rung.variant().entry(rung.playlist(), query)));
        return text.append(media.variant().entry(MEDIA, query)).toString();
    }

    private Optional<CompletionStage<HlsAnswer>> answer(FilmRung rung, HlsRequest request) {
        String resource = request.resource();
        if (resource.equals(rung.playlist())) {
            return Optional.of(
                    list(playlist(rung.prefix(), any -> MediaName.map(rung.prefix()), MediaPlaylist.Kind.WHOLE_FILM)
                            .write(request.query())));
        }
        if (resource.equals(MediaName.map(rung.prefix()))) {
            return Optional.of(encoded(resource, MAP_BYTES, rung::initialization));
        }
        OptionalInt segment = segment(rung.prefix(), resource);
        return segment.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        encoded(resource, rung.bytes(segment.getAsInt()), () -> rung.segment(segment.getAsInt())));
    }

    private CompletionStage<HlsAnswer> encoded(String resource, long bytes, Callable<byte[]> maker) {
        return cache.get(resource, bytes, encoding, () -> List.of(maker.call()))
                .thenApply(made -> HlsAnswer.media(MediaName.MP4_TYPE, made));
    }

    private static CompletionStage<HlsAnswer> list(String text) {
        return CompletableFuture.completedFuture(HlsAnswer.playlist(MediaPlaylist.MEDIA_TYPE, text, HlsAnswer.FILM));
    }

    private MediaPlaylist playlist(String prefix, IntFunction<String> map, MediaPlaylist.Kind kind) {
        List<Segment> listed = new ArrayList<>();
        for (int i = 0; i < media.plan().count(); i++) {
            listed.add(
                    Segment.of(MediaName.segment(prefix, i, true), media.plan().lengthUs(i), 0, map.apply(i)));
        }
        return new MediaPlaylist(kind, media.plan().targetSeconds(), 0, 0, listed, "", true);
    }

    private byte[] make(Rendition rendition, int number) throws IOException {
        SegmentFrames frames = rendition.reader().read(number).shifted(LoopedSegments.OFFSET_US);
        return rendition
                .writers()
                .of(number)
                .fragment(number + 1, frames.video(), frames.videoEndUs(), frames.audio(), frames.audioEndUs());
    }
}
