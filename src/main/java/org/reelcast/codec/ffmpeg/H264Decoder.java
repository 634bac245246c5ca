package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.reelcast.codec.Slice;

/**
 * H.264 pictures in decode order in, pictures in the order in which they are shown out. Parameter sets come with the
 * pictures. For one thread at a time.
 */
public final class H264Decoder implements AutoCloseable {
    /** AV_FRAME_FLAG_KEY, which the bindings lack. */
    private static final int KEY = 1 << 1;

    private final AVCodecContext context;
    private final InputPacket input;
    private final AVFrame frame;

    private H264Decoder(AVCodecContext context, InputPacket input, AVFrame frame) {
        this.context = context;
        this.input = input;
        this.frame = frame;
    }

    /** @param threads pictures decoded at the same time; each is another picture of delay and of memory */
    public static H264Decoder open(int threads) throws FfmpegException {
        AVCodec codec = Ffmpeg.decoder("h264");
        AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
        InputPacket input = null;
        boolean done = false;
        try {
            context.thread_count(threads);
            FfmpegException.check("The H.264 decoder does not start",
                    avcodec.avcodec_open2(context, codec, (PointerPointer<?>) null));
            input = new InputPacket();
            H264Decoder decoder = new H264Decoder(context, input, avutil.av_frame_alloc());
            done = true;
            return decoder;
        } finally {
            if (!done) {
                if (input != null) {
                    input.close();
                }
                avcodec.avcodec_free_context(context);
            }
        }
    }

    /**
     * Takes one access unit; then call {@link #receive()} until it says no.
     *
     * @param pts comes out again with the picture
     * @return 0 or FFmpeg's negative code when the unit is broken
     */
    public int send(Slice[] units, long pts) throws FfmpegException {
        return Math.min(0, avcodec.avcodec_send_packet(context, input.ofUnits(units, pts)));
    }

    /** There is nothing more to come: {@link #receive()} gives what was held back. */
    public void end() {
        avcodec.avcodec_send_packet(context, null);
    }

    /** After {@link #end()} and the last picture: takes pictures again, the next one a key frame. */
    public void restart() {
        avcodec.avcodec_flush_buffers(context);
    }

    /** Whether another picture is ready; it is this decoder's until the next call. */
    public boolean receive() {
        return avcodec.avcodec_receive_frame(context, frame) >= 0;
    }

    AVFrame frame() {
        return frame;
    }

    /** The picture's time as given to {@link #send}. */
    public long pts() {
        return frame.pts();
    }

    public int width() {
        return frame.width();
    }

    public int height() {
        return frame.height();
    }

    /** Whether the picture is a key frame of the file. */
    public boolean isKey() {
        return (frame.flags() & KEY) != 0;
    }

    @Override
    public void close() {
        avutil.av_frame_free(frame);
        input.close();
        avcodec.avcodec_free_context(context);
    }
}
