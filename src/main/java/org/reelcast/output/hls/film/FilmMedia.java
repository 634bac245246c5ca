package org.reelcast.output.hls.film;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.media.AacFormat;
import org.reelcast.media.FrameIndex;
import org.reelcast.media.H264Format;
import org.reelcast.media.SeekableTrack;
import org.reelcast.mp4.write.MediaSegmentWriter;
import org.reelcast.output.hls.playlist.Variant;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.segment.FilmSegments;
import org.reelcast.segment.SegmentLengths;
import org.reelcast.segment.SegmentPlan;
import org.reelcast.stream.SeekableFilm;

/** A film made ready to be delivered in segments: its plan, and how its tracks are coded. */
@AnyThread
record FilmMedia(
        String location,
        String version,
        SegmentPlan plan,
        Optional<SeekableTrack> video,
        Optional<SeekableTrack> audio,
        long firstAudioUs) {

    /** Reads the film's index. @param mostBytes a segment may have */
    @Blocking
    static FilmMedia of(SeekableFilm film, SegmentLengths lengths, long mostBytes) throws IOException {
        return of(film, film.video(), lengths, mostBytes);
    }

    /** The same with pictures encoded anew where the film's own cannot be cut. May wait for an encoder. */
    static FilmMedia recutWhereNeeded(SeekableFilm film, SegmentLengths lengths, long mostBytes) throws IOException {
        Refusal refusal = null;
        if (film.video().isPresent()) {
            try {
                return of(film, lengths, mostBytes);
            } catch (Refusal e) {
                if (e.status() != StatusText.FILE_CANNOT_BE_CUT) {
                    throw e;
                }
                refusal = e;
            }
        }
        Optional<SeekableTrack> recut = film.recutVideo();
        if (recut.isEmpty() && refusal != null) {
            throw refusal;
        }
        return of(film, recut, lengths, mostBytes);
    }

    private static FilmMedia of(
            SeekableFilm film, Optional<SeekableTrack> video, SegmentLengths lengths, long mostBytes)
            throws IOException {
        SegmentPlan plan = SegmentPlan.of(video, film.audio(), film.durationUs(), lengths);
        if (plan.largestBytes() > mostBytes) {
            throw new Refusal(
                    StatusText.FILE_CANNOT_BE_CUT,
                    "a segment of it has " + (plan.largestBytes() >> 20)
                            + " MB, which is more than this server has memory for (hls_cache_max_mb)");
        }
        long firstAudioUs = 0;
        if (film.audio().isPresent()) {
            FrameIndex index = film.audio().get().index();
            firstAudioUs = index.next() ? index.presentationTimeUs() : 0;
        }
        return new FilmMedia(film.location(), film.version(), plan, video, film.audio(), firstAudioUs);
    }

    FilmSegments segments() {
        return new FilmSegments(video, audio, plan);
    }

    /** That of the largest picture, where there are several. */
    Optional<H264Format> videoFormat() {
        return videoFormats().stream().max(Comparator.comparingInt(format -> format.width() * format.height()));
    }

    /** By the plan's formats. */
    List<H264Format> videoFormats() {
        return video.map(SeekableTrack::formats).orElse(List.of()).stream()
                .map(H264Format.class::cast)
                .toList();
    }

    Optional<AacFormat> audioFormat() {
        return audio.map(track -> (AacFormat) track.format());
    }

    /** The track whose frames parts are made of. */
    SeekableTrack leading() {
        return video.or(() -> audio).orElseThrow();
    }

    FilmWriters writers(String prefix) {
        return video.isEmpty() ? soundWriters(prefix) : writers(prefix, audioFormat());
    }

    /** Of the picture alone. */
    FilmWriters pictureWriters(String prefix) {
        return writers(prefix, Optional.empty());
    }

    /** Of the sound alone. */
    FilmWriters soundWriters(String prefix) {
        MediaSegmentWriter writer = new MediaSegmentWriter(Optional.empty(), audioFormat());
        return new FilmWriters(
                prefix, plan, Collections.nCopies(Math.max(1, videoFormats().size()), writer));
    }

    private FilmWriters writers(String prefix, Optional<AacFormat> sound) {
        return new FilmWriters(
                prefix,
                plan,
                videoFormats().stream()
                        .map(format -> new MediaSegmentWriter(Optional.of(format), sound))
                        .toList());
    }

    Variant variant() {
        return new Variant(plan.peakBitrate(), plan.averageBitrate(), videoFormat(), audioFormat());
    }

    /**
     * A short name of the film as it is now and of {@code more}: caches must not mix what differs. It is the same on all
     * servers that have the film, in whatever folder.
     */
    String prefix(String more) {
        String file = location.substring(location.replace('\\', '/').lastIndexOf('/') + 1);
        return UUID.nameUUIDFromBytes((file + '\n' + version + '\n' + more).getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
    }
}
