package org.reelcast.rendition.reencode;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Format;
import org.reelcast.media.FrameReader;
import org.reelcast.media.H264Format;
import org.reelcast.rendition.Encoding;
import org.reelcast.rendition.Rendition;

/**
 * The rendition of a film's picture that is decoded and encoded anew on demand, for those who have this source open.
 * Its segments are shared with all other renditions of the same file, and kept on disk.
 */
public final class ReencodedRendition implements Rendition {
    private static final int HIGH_PROFILE = 100;

    private final ReencodedVideo video;
    private final NanoClock clock;
    private final Rendition without;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param clock   by which readers are late
     * @param without the film's own pictures without those that hold B slices; closed with this
     * @param release gives {@code video} back
     */
    ReencodedRendition(ReencodedVideo video, NanoClock clock, Rendition without, Runnable release) {
        this.video = video;
        this.clock = clock;
        this.without = without;
        this.release = release;
    }

    /** The size is that in which the film is shown, made even, the profile the encoder's: high. */
    @Override
    public Format format() {
        H264Format own = (H264Format) without.format();
        PictureShape shape = PictureShape.of(own);
        return Format.video(own.codec(), shape.width(), shape.height(), shape.rotation(),
                HIGH_PROFILE << 16 | own.profileLevelId() & 0xff)
                .withDisplay(own.colour(), AspectRatio.SQUARE, own.frameRate())
                .withTrack(own.codec().clockRate(), own.language());
    }

    @Override
    public long durationUs() {
        return without.durationUs();
    }

    @Override
    public boolean brings(long fromUs, long untilUs) {
        return without.brings(fromUs, untilUs);
    }

    @Override
    public boolean isEndKnown() {
        return without.isEndKnown();
    }

    @Override
    public FrameReader reader() {
        return new ReencodedReader(video, clock, new DropBReader(without.reader()));
    }

    @Override
    public Optional<String> note() {
        return video.note();
    }

    @Override
    public Optional<Encoding> encoding() {
        return Optional.of(video);
    }

    /** Pictures of the film encoded so far, for all who have it open. */
    public long encodedPictures() {
        return video.encoded();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
            without.close();
        }
    }
}
