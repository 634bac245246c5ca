package org.reelcast.rendition.reencode;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reelcast.codec.ffmpeg.VideoDecoder;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Format;
import org.reelcast.media.FrameReader;
import org.reelcast.media.H264Format;
import org.reelcast.rendition.Encoding;
import org.reelcast.rendition.Rendition;

/**
 * A film's picture in another size and at another bitrate, for those who have this source open. Its segments are shared
 * with all who want the same of the same file, and kept on disk.
 */
final class ScaledRendition implements Rendition, Encoding {
    private final ReencodedTrack track;
    private final NanoClock clock;
    private final H264Format film;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param film    what the file's own pictures look like
     * @param release gives {@code track} back
     */
    ScaledRendition(ReencodedTrack track, NanoClock clock, H264Format film, Runnable release) {
        this.track = track;
        this.clock = clock;
        this.film = film;
        this.release = release;
    }

    @Override
    public Format format() {
        PictureShape shape = track.spec().shape();
        EncodingTarget target = track.spec().target();
        return ReencodedRendition.high(
                        film, target.width(shape.width()), target.height(shape.height()), shape.rotation())
                .withDisplay(VideoDecoder.shown(film.colour()), AspectRatio.SQUARE, film.frameRate())
                .withTrack(film.codec().clockRate(), film.language());
    }

    @Override
    public long durationUs() {
        return track.spec().track().durationUs();
    }

    @Override
    public boolean brings(long fromUs, long untilUs) {
        return track.spec().track().samples().isShownBetween(fromUs, untilUs);
    }

    @Override
    public boolean isEndKnown() {
        return track.spec().track().samples().isComplete();
    }

    @Override
    public Optional<Encoding> encoding() {
        return Optional.of(this);
    }

    @Override
    public boolean isStarved() {
        return track.isStarved();
    }

    /** It is made as it is read alone. */
    @Override
    public boolean isBusy() {
        return false;
    }

    @Override
    public FrameReader reader() {
        return new RecutReader(track, clock);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
