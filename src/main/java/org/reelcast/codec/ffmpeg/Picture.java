package org.reelcast.codec.ffmpeg;

import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.reelcast.media.Colour;

/**
 * A raw picture in native memory, which many may have at once: {@link #share} gives another reference to the same
 * samples, and each is closed by who has it. The samples of one that is shared are not to be changed. Each reference is
 * for one thread at a time.
 */
public final class Picture implements AutoCloseable {
    private static final AtomicInteger OPEN = new AtomicInteger();
    private static final byte BLACK_LUMA = 16;
    private static final byte NO_COLOUR = (byte) 128;

    private final AVFrame frame;
    private boolean closed;

    private Picture(AVFrame frame) {
        this.frame = frame;
        OPEN.incrementAndGet();
    }

    /** The picture that the decoder just gave, without a copy; its time is the one given to the decoder. */
    public static Picture of(H264Decoder decoder) throws FfmpegException {
        return of(decoder.frame());
    }

    /**
     * The same that knows what its samples mean, where the stream does not say so itself.
     *
     * @param described what the container says of the colour; where that says nothing, what players assume
     */
    public static Picture of(H264Decoder decoder, Colour described) throws FfmpegException {
        Picture picture = of(decoder);
        picture.frame.colorspace(RawPicture.matrix(picture.frame, described));
        picture.frame.color_range(
                RawPicture.isFullRange(picture.frame, described) ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
        return picture;
    }

    /** Another reference to the samples of {@code frame}. */
    static Picture of(AVFrame frame) throws FfmpegException {
        AVFrame reference = avutil.av_frame_clone(frame);
        if (reference == null) {
            throw new FfmpegException("No memory for a picture");
        }
        return new Picture(reference);
    }

    /** A black picture in 4:2:0, 8 bits, limited range. */
    public static Picture black(int width, int height) throws FfmpegException {
        Picture picture = like(null, width, height);
        picture.blacken();
        return picture;
    }

    /** The same with the colours that players assume for its size. */
    public static Picture canvas(int width, int height) throws FfmpegException {
        Picture picture = black(width, height);
        picture.frame.colorspace(RawPicture.matrix(width, height));
        return picture;
    }

    /**
     * Room for a picture in 4:2:0 and 8 bits whose samples mean what those of {@code source} mean, with its time.
     *
     * @param source null for limited range
     */
    static Picture like(AVFrame source, int width, int height) throws FfmpegException {
        Ffmpeg.require();
        AVFrame frame = avutil.av_frame_alloc();
        frame.format(avutil.AV_PIX_FMT_YUV420P).width(width).height(height);
        frame.color_range(avutil.AVCOL_RANGE_MPEG);
        if (source != null) {
            frame.pts(source.pts());
            frame.color_range(source.color_range());
            frame.colorspace(source.colorspace());
            frame.color_primaries(source.color_primaries());
            frame.color_trc(source.color_trc());
        }
        int code = avutil.av_frame_get_buffer(frame, 0);
        if (code < 0) {
            avutil.av_frame_free(frame);
            throw FfmpegException.of("No memory for a picture of " + width + "x" + height, code);
        }
        return new Picture(frame);
    }

    /** Its samples are its own alone. */
    void blacken() {
        fill(0, frame.color_range() == avutil.AVCOL_RANGE_JPEG ? 0 : BLACK_LUMA);
        fill(1, NO_COLOUR);
        fill(2, NO_COLOUR);
    }

    private void fill(int plane, byte value) {
        int rows = plane == 0 ? height() : (height() + 1) / 2;
        BytePointer samples = frame.data(plane);
        BytePointer.memset(samples, value, (long) frame.linesize(plane) * rows);
    }

    /** Another reference to the same samples. */
    public Picture share() throws FfmpegException {
        return of(frame);
    }

    /** In pixels, which need not be square. */
    public int width() {
        return frame.width();
    }

    /** Likewise. */
    public int height() {
        return frame.height();
    }

    /** Its time, in the clock of who made it; µs. */
    public long timeUs() {
        return frame.pts();
    }

    /** Gives this reference another time; others keep theirs. */
    public void timeUs(long us) {
        frame.pts(us);
    }

    /** What its samples mean. */
    public Colour colour() {
        return new Colour(
                frame.color_primaries(),
                frame.color_trc(),
                frame.colorspace(),
                frame.color_range() == avutil.AVCOL_RANGE_JPEG);
    }

    /** From now on no other reference has its samples: they may be changed. */
    void own() throws FfmpegException {
        FfmpegException.check("No memory for a picture", avutil.av_frame_make_writable(frame));
    }

    /** References that are open in this process: those not closed hold native memory. */
    public static int open() {
        return OPEN.get();
    }

    /** Its frame, which stays this picture's. */
    AVFrame frame() {
        return frame;
    }

    /** Any number of times. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            OPEN.decrementAndGet();
            avutil.av_frame_free(frame);
        }
    }
}
