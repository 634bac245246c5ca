package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.VideoDecoder;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.H264Format;
import org.reelcast.media.SeekableTrack;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.Encoding;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.h264.InBandSets;

/**
 * The rendition of a film's picture that is decoded and encoded anew on demand, for those who have this source open.
 * Its segments are shared with all other renditions of the same file, and kept on disk.
 */
public final class ReencodedRendition implements Rendition {
    private static final int HIGH_PROFILE = 100;
    private static final int LEVEL_4_2 = 42;
    private static final int LEVEL_5_2 = 52;
    private static final int MACROBLOCKS_OF_4_2 = 8_704;

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
        return high(own, shape.width(), shape.height(), shape.rotation())
                .withDisplay(VideoDecoder.shown(own.colour()), AspectRatio.SQUARE, own.frameRate())
                .withTrack(own.codec().clockRate(), own.language());
    }

    /**
     * What is made of a film by an encoder of high profile. Of a codec that has other levels, one of H.264 that has room
     * for such pictures (ITU-T H.264 table A-1).
     */
    static H264Format high(H264Format film, int width, int height, int rotation) {
        int known = film.profileLevelId() & 0xff;
        int level = known != 0
                ? known
                : EncoderSettings.macroblocks(width, height) <= MACROBLOCKS_OF_4_2 ? LEVEL_4_2 : LEVEL_5_2;
        return Format.video(Codec.H264, width, height, rotation, HIGH_PROFILE << 16 | level);
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
        return new ReencodedReader(
                video, clock, without instanceof CodedTrack ? null : new DropBReader(without.reader()));
    }

    @Override
    public Optional<String> note() {
        return video.note();
    }

    @Override
    public Optional<Encoding> encoding() {
        return Optional.of(video);
    }

    /**
     * The same for who cuts it into segments: in full, with the parameter sets of its first picture, for which this
     * waits.
     */
    public SeekableTrack recut() throws IOException {
        try (FrameReader reader = new RecutReader(video.full(), clock)) {
            Frame first = reader.next();
            H264Format described =
                    first == null ? null : new InBandSets().describe(first).orElse(null);
            if (described == null) {
                throw new Refusal(StatusText.FILE_CANNOT_BE_CUT, "none of its pictures can be decoded");
            }
            return new RecutTrack(video.full(), clock, ((H264Format) format()).withConfig(described.config(), true));
        }
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
