package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/** One of FFmpeg's decoders at work, the packet that goes in and the frame that comes out. */
record StartedDecoder(AVCodecContext context, InputPacket input, AVFrame frame) implements AutoCloseable {

    /** What is set before a codec starts. */
    interface Setup {
        void set(AVCodecContext context) throws FfmpegException;
    }

    /** @param failure the sentence for a decoder that does not start */
    static StartedDecoder start(String name, Setup setup, String failure) throws FfmpegException {
        AVCodec codec = Ffmpeg.decoder(name);
        AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
        boolean done = false;
        try {
            setup.set(context);
            FfmpegException.check(failure, avcodec.avcodec_open2(context, codec, (PointerPointer<?>) null));
            StartedDecoder decoder = new StartedDecoder(context, new InputPacket(), avutil.av_frame_alloc());
            done = true;
            return decoder;
        } finally {
            if (!done) {
                avcodec.avcodec_free_context(context);
            }
        }
    }

    @Override
    public void close() {
        avutil.av_frame_free(frame);
        input.close();
        avcodec.avcodec_free_context(context);
    }
}
