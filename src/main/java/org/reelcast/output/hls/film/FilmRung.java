package org.reelcast.output.hls.film;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.write.MediaSegmentWriter;
import org.reelcast.output.hls.playlist.Variant;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.h264.InBandSets;
import org.reelcast.segment.FilmSegments;
import org.reelcast.segment.LoopedSegments;
import org.reelcast.segment.SegmentFrames;
import org.reelcast.segment.SegmentPlan;
import org.reelcast.stream.Ladder;
import org.reelcast.stream.SeekableFilm;

/**
 * A whole film in another size: its segments begin and end where the film's own do, with the same sound. The picture is
 * encoded when it is asked for.
 */
@AnyThread
@Blocking
final class FilmRung implements AutoCloseable {
    private static final int BITS = 8;
    private static final long US = 1_000_000;

    private final Ladder.Rung rung;
    private final SeekableFilm film;
    private final FilmMedia media;
    private final FilmSegments segments;
    private final String prefix;
    /** Null before it is asked for; guarded by this, as what follows. */
    private SeekableFilm.Scaled picture;

    private MediaSegmentWriter writer;
    private boolean closed;

    FilmRung(Ladder.Rung rung, SeekableFilm film, FilmMedia media) {
        this.rung = rung;
        this.film = film;
        this.media = media;
        this.segments = media.segments();
        this.prefix = media.prefix(rung.width() + "x" + rung.height() + "@" + rung.bitrate());
    }

    /** What the names of its media begin with. */
    String prefix() {
        return prefix;
    }

    /** The name of its playlist. */
    String playlist() {
        return "media-" + rung.label() + ".m3u8";
    }

    Variant variant() {
        return Variant.of(rung, media.audioFormat());
    }

    /** Bytes of a segment, about. */
    long bytes(int segment) {
        return variant().peak() * media.plan().lengthUs(segment) / US / BITS;
    }

    byte[] initialization() throws IOException {
        return writer().initialization();
    }

    byte[] segment(int number) throws IOException {
        MediaSegmentWriter to = writer();
        SegmentFrames sound = segments.read(number, false, true);
        SegmentFrames frames = new SegmentFrames(
                        pictures(number), media.plan().startUs(number + 1), sound.audio(), sound.audioEndUs())
                .shifted(LoopedSegments.OFFSET_US);
        return to.fragment(number + 1, frames.video(), frames.videoEndUs(), frames.audio(), frames.audioEndUs());
    }

    private List<Frame> pictures(int number) throws IOException {
        SegmentPlan plan = media.plan();
        long endUs = number == plan.count() - 1 ? Long.MAX_VALUE : plan.startUs(number + 1);
        List<Frame> frames = new ArrayList<>();
        try (FrameReader reader = picture().reader()) {
            reader.seek(plan.startUs(number));
            for (Frame frame = reader.next();
                    frame != null && frame.presentationTimeUs() < endUs;
                    frame = reader.next()) {
                if (frame.presentationTimeUs() >= plan.startUs(number)) {
                    frames.add(frame);
                }
            }
        }
        return frames;
    }

    private synchronized SeekableFilm.Scaled picture() throws Refusal {
        if (closed) {
            throw new Refusal(StatusText.STREAM_NOT_FOUND, film.location() + " is closed: load its playlist again");
        }
        if (picture == null) {
            picture = film.scaled(rung.width(), rung.height(), rung.bitrate());
        }
        return picture;
    }

    /** The encoder's parameter sets come with its first picture. */
    private MediaSegmentWriter writer() throws IOException {
        synchronized (this) {
            if (writer != null) {
                return writer;
            }
        }
        Optional<H264Format> format;
        try (FrameReader reader = picture().reader()) {
            Frame first = reader.next();
            format = first == null ? Optional.empty() : new InBandSets().describe(first);
        }
        MediaSegmentWriter made = new MediaSegmentWriter(
                Optional.of(format.orElseThrow(() -> new IOException(film.location() + " has no picture to encode"))),
                media.audioFormat());
        synchronized (this) {
            writer = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (picture != null) {
            picture.close();
            picture = null;
        }
    }
}
