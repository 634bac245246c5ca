package org.reelcast.output.hls.film;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reelcast.mp4.write.MediaSegmentWriter;
import org.reelcast.output.hls.http.Deliverable;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.HlsRequest;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.http.MediaName;
import org.reelcast.output.hls.playlist.MediaPlaylist;
import org.reelcast.output.hls.playlist.Segment;
import org.reelcast.segment.FilmSegments;
import org.reelcast.segment.LoopedSegments;
import org.reelcast.segment.SegmentFrames;
import org.reelcast.segment.SegmentLengths;
import org.reelcast.stream.SeekableFilm;

/**
 * A whole film that players seek in: a playlist for HLS, a manifest for DASH. Each segment has the film's own times, a
 * constant later, whichever is asked for first.
 */
public final class WholeFilm implements Deliverable {
    static final String DASH_TYPE = "application/dash+xml";
    private static final String INDEX = "index.m3u8";
    private static final String MEDIA = "media.m3u8";
    private static final String KEY_FRAMES = "iframes.m3u8";
    private static final String MANIFEST = "manifest.mpd";

    private final FilmMedia media;
    private final FilmSegments segments;
    private final MediaCache cache;
    private final List<Rendition> renditions;

    /**
     * The film with both its tracks, for HLS, one of them, for DASH, or its key frames.
     *
     * @param reader gives what of a segment is in it
     */
    private record Rendition(String prefix, MediaSegmentWriter writer, Reader reader) {
    }

    private interface Reader {
        SegmentFrames read(int segment) throws IOException;
    }

    /** Reads the film's index. Blocks. @param film open as long as this is used */
    public WholeFilm(SeekableFilm film, MediaCache cache) throws IOException {
        this.media = FilmMedia.of(film, SegmentLengths.WHOLE_FILM);
        this.segments = media.segments();
        this.cache = cache;
        String prefix = media.prefix("whole");
        renditions = new ArrayList<>(List.of(new Rendition(prefix, media.writer(), segments::read)));
        media.videoFormat().ifPresent(format -> {
            MediaSegmentWriter pictures = new MediaSegmentWriter(Optional.of(format), Optional.empty());
            renditions.add(new Rendition(prefix + "v", pictures, segment -> segments.read(segment, true, false)));
            renditions.add(new Rendition(prefix + "k", pictures, segments::readKey));
        });
        media.audioFormat().ifPresent(format -> renditions.add(new Rendition(prefix + "a",
                new MediaSegmentWriter(Optional.empty(), Optional.of(format)),
                segment -> segments.read(segment, false, true))));
    }

    /** Another one when the file changes. */
    public String version() {
        return media.version();
    }

    @Override
    public CompletionStage<HlsAnswer> get(HlsRequest request) {
        String resource = request.resource();
        if (resource.equals(INDEX)) {
            return list(media.variant().playlist(MEDIA, request.query()) + (media.video().isEmpty() ? ""
                    : media.variant().keyFrames(media.plan().peakKeyBitrate(), KEY_FRAMES, request.query())));
        }
        String prefix = renditions.get(0).prefix();
        if (resource.equals(MEDIA)) {
            return list(playlist(prefix, MediaPlaylist.Kind.WHOLE_FILM).write(request.query()));
        }
        if (resource.equals(KEY_FRAMES) && media.video().isPresent()) {
            return list(playlist(prefix + "k", MediaPlaylist.Kind.KEY_FRAMES).write(request.query()));
        }
        if (resource.equals(MANIFEST)) {
            return CompletableFuture.completedFuture(HlsAnswer.playlist(DASH_TYPE,
                    new DashManifest(media, prefix + "v", prefix + "a").write(request.query()), HlsAnswer.FILM));
        }
        for (Rendition rendition : renditions) {
            if (resource.equals(MediaName.map(rendition.prefix()))) {
                return CompletableFuture.completedFuture(
                        HlsAnswer.media(MediaName.MP4_TYPE, List.of(rendition.writer().initialization())));
            }
            Optional<MediaName> name = MediaName.parse(rendition.prefix(), resource)
                    .filter(any -> any.mp4() && any.part() < 0 && any.sequence() < media.plan().count());
            if (name.isPresent()) {
                int number = (int) name.get().sequence();
                return cache.get(resource, () -> List.of(make(rendition, number)))
                        .thenApply(made -> HlsAnswer.media(MediaName.MP4_TYPE, made));
            }
        }
        return CompletableFuture.completedFuture(HlsAnswer.refusal(404,
                "There is no such resource; the film may have changed: load its playlist again."));
    }

    private static CompletionStage<HlsAnswer> list(String text) {
        return CompletableFuture.completedFuture(
                HlsAnswer.playlist(MediaPlaylist.MEDIA_TYPE, text, HlsAnswer.FILM));
    }

    private MediaPlaylist playlist(String prefix, MediaPlaylist.Kind kind) {
        String map = MediaName.map(prefix);
        List<Segment> listed = new ArrayList<>();
        for (int i = 0; i < media.plan().count(); i++) {
            listed.add(Segment.of(MediaName.segment(prefix, i, true), media.plan().lengthUs(i), 0, map));
        }
        return new MediaPlaylist(kind, media.plan().targetSeconds(), 0, 0, listed, "", true);
    }

    private byte[] make(Rendition rendition, int number) throws IOException {
        SegmentFrames frames = rendition.reader().read(number).shifted(LoopedSegments.OFFSET_US);
        return rendition.writer().fragment(number + 1, frames.video(), frames.videoEndUs(), frames.audio(),
                frames.audioEndUs());
    }
}
