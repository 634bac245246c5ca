package org.reelcast.codec.ffmpeg;

import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.reelcast.media.Colour;

/** The decoder of any of FFmpeg's codecs, for pictures as their file format has them. For one thread at a time. */
public final class PacketDecoder extends VideoDecoder {
    /** A picture that takes longer was made to take long. */
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(10);
    /** Larger pictures than the file says are refused, save for what codecs add to fill blocks. */
    private static final long ADDED_PIXELS = 128;

    private final Colour described;

    private PacketDecoder(VideoParameters parameters, int threads, CodecMemory.Share share, boolean deinterlaces)
            throws FfmpegException {
        super(share, deinterlaces);
        described = parameters.colour();
        long pixels = (parameters.width() + ADDED_PIXELS) * (parameters.height() + ADDED_PIXELS);
        use(StartedDecoder.start(
                parameters.codec().decoder(),
                context -> {
                    if (parameters.config().length > 0) {
                        AudioDecoder.setExtradata(context, parameters.config());
                    }
                    context.thread_count(threads).max_pixels(pixels).codec_tag(tag(parameters.format()));
                    context.width(parameters.width()).height(parameters.height());
                },
                "The " + parameters.codec().label() + " decoder does not take the track's configuration"));
    }

    private static int tag(String format) {
        int tag = 0;
        for (int i = 0; i < Integer.BYTES && format.length() == Integer.BYTES; i++) {
            tag |= (format.charAt(i) & 0xff) << 8 * i;
        }
        return tag;
    }

    /**
     * A decoder.
     *
     * @param threads      pictures decoded at the same time; each is another picture of delay and of memory
     * @param share        what it may hold; grows to what such pictures can need, and is closed with the decoder
     * @param deinterlaces whether whole pictures are made of interlaced ones
     * @throws FfmpegException when there is no such decoder, it does not take the configuration, or there is no memory
     */
    public static PacketDecoder open(
            VideoParameters parameters, int threads, CodecMemory.Share share, boolean deinterlaces)
            throws FfmpegException {
        share.atLeast(parameters.bytes());
        return new PacketDecoder(parameters, threads, share, deinterlaces);
    }

    /**
     * Takes one coded picture; then call {@link #receive()} until it says no.
     *
     * @param pts comes out again with the picture
     * @return 0 or FFmpeg's negative code when it is broken
     * @throws FfmpegException when it takes longer than any picture should
     */
    public int send(byte[] array, int offset, int length, long pts) throws FfmpegException {
        long beforeNs = System.nanoTime();
        int code = avcodec.avcodec_send_packet(
                started().context(), started().input().of(array, offset, length, pts));
        if (System.nanoTime() - beforeNs > DEADLINE_NS) {
            throw new FfmpegException(
                    "a picture takes longer than " + TimeUnit.NANOSECONDS.toSeconds(DEADLINE_NS) + " s to decode");
        }
        return Math.min(0, code);
    }

    @Override
    void describe(AVFrame frame) {
        if (frame.colorspace() == avutil.AVCOL_SPC_UNSPECIFIED) {
            // browsers take other pictures of WebRTC for those of high definition, unless they are told
            frame.colorspace(
                    described.matrix() != avutil.AVCOL_SPC_UNSPECIFIED
                            ? described.matrix()
                            : RawPicture.matrix(frame.width(), frame.height()));
        }
        if (frame.color_primaries() == avutil.AVCOL_PRI_UNSPECIFIED) {
            frame.color_primaries(described.primaries());
        }
        if (frame.color_trc() == avutil.AVCOL_TRC_UNSPECIFIED) {
            frame.color_trc(described.transfer());
        }
        if (frame.color_range() == avutil.AVCOL_RANGE_UNSPECIFIED && described.fullRange()) {
            frame.color_range(avutil.AVCOL_RANGE_JPEG);
        }
    }
}
