package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.reelcast.codec.Slice;

/**
 * H.264 pictures in decode order in, pictures in the order in which they are shown out. Parameter sets come with the
 * pictures. For one thread at a time.
 */
public final class H264Decoder implements AutoCloseable {
    /** AV_FRAME_FLAG_KEY, which the bindings lack. */
    private static final int KEY = 1 << 1;

    private final StartedDecoder decoder;

    private H264Decoder(StartedDecoder decoder) {
        this.decoder = decoder;
    }

    /** @param threads pictures decoded at the same time; each is another picture of delay and of memory */
    public static H264Decoder open(int threads) throws FfmpegException {
        return new H264Decoder(StartedDecoder.start("h264", context -> context.thread_count(threads),
                "The H.264 decoder does not start"));
    }

    /**
     * Takes one access unit; then call {@link #receive()} until it says no.
     *
     * @param pts comes out again with the picture
     * @return 0 or FFmpeg's negative code when the unit is broken
     */
    public int send(Slice[] units, long pts) throws FfmpegException {
        return Math.min(0, avcodec.avcodec_send_packet(decoder.context(), decoder.input().ofUnits(units, pts)));
    }

    /** There is nothing more to come: {@link #receive()} gives what was held back. */
    public void end() {
        avcodec.avcodec_send_packet(decoder.context(), null);
    }

    /** After {@link #end()} and the last picture: takes pictures again, the next one a key frame. */
    public void restart() {
        avcodec.avcodec_flush_buffers(decoder.context());
    }

    /** Whether another picture is ready; it is this decoder's until the next call. */
    public boolean receive() {
        return avcodec.avcodec_receive_frame(decoder.context(), decoder.frame()) >= 0;
    }

    AVFrame frame() {
        return decoder.frame();
    }

    /** The picture's time as given to {@link #send}. */
    public long pts() {
        return decoder.frame().pts();
    }

    public int width() {
        return decoder.frame().width();
    }

    public int height() {
        return decoder.frame().height();
    }

    /** Whether the picture is a key frame of the file. */
    public boolean isKey() {
        return (decoder.frame().flags() & KEY) != 0;
    }

    @Override
    public void close() {
        decoder.close();
    }
}
