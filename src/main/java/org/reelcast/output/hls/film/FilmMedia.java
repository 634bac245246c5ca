package org.reelcast.output.hls.film;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.reelcast.media.AacFormat;
import org.reelcast.media.FrameIndex;
import org.reelcast.media.H264Format;
import org.reelcast.media.SeekableTrack;
import org.reelcast.mp4.write.MediaSegmentWriter;
import org.reelcast.output.hls.playlist.Variant;
import org.reelcast.segment.FilmSegments;
import org.reelcast.segment.SegmentLengths;
import org.reelcast.segment.SegmentPlan;
import org.reelcast.stream.SeekableFilm;

/** A film made ready to be delivered in segments: its plan, and how its tracks are coded. Any thread. */
record FilmMedia(String location, String version, SegmentPlan plan, Optional<SeekableTrack> video,
        Optional<SeekableTrack> audio, long firstAudioUs) {

    /** Reads the film's index. Blocks. */
    static FilmMedia of(SeekableFilm film, SegmentLengths lengths) throws IOException {
        SegmentPlan plan = SegmentPlan.of(film.video(), film.audio(), film.durationUs(), lengths);
        long firstAudioUs = 0;
        if (film.audio().isPresent()) {
            FrameIndex index = film.audio().get().index();
            firstAudioUs = index.next() ? index.presentationTimeUs() : 0;
        }
        return new FilmMedia(film.location(), film.version(), plan, film.video(), film.audio(), firstAudioUs);
    }

    FilmSegments segments() {
        return new FilmSegments(video, audio, plan);
    }

    Optional<H264Format> videoFormat() {
        return video.map(track -> (H264Format) track.format());
    }

    Optional<AacFormat> audioFormat() {
        return audio.map(track -> (AacFormat) track.format());
    }

    /** The track whose frames parts are made of. */
    SeekableTrack leading() {
        return video.or(() -> audio).orElseThrow();
    }

    MediaSegmentWriter writer() {
        return new MediaSegmentWriter(videoFormat(), audioFormat());
    }

    Variant variant() {
        return new Variant(plan.peakBitrate(), plan.averageBitrate(), videoFormat(), audioFormat());
    }

    /** A short name of the film as it is now and of {@code more}: caches must not mix what differs. */
    String prefix(String more) {
        return UUID.nameUUIDFromBytes((location + '\n' + version + '\n' + more).getBytes(StandardCharsets.UTF_8))
                .toString().substring(0, 8);
    }
}
