package org.reelcast.codec.ffmpeg;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** The bundled encoder, and how many of it are open. */
public final class CountedEncoders implements VideoEncoder.Kind {
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public String id() {
        return FfmpegEncoderKind.OPENH264.id();
    }

    @Override
    public String description() {
        return FfmpegEncoderKind.OPENH264.description();
    }

    @Override
    public VideoEncoder open(EncoderSettings settings) throws IOException {
        VideoEncoder encoder = FfmpegEncoderKind.OPENH264.open(settings);
        opened.incrementAndGet();
        return new VideoEncoder() {
            @Override
            public byte[] encode(AVFrame picture, boolean key) throws IOException {
                return encoder.encode(picture, key);
            }

            @Override
            public void bitrate(int bitsPerSecond) throws IOException {
                encoder.bitrate(bitsPerSecond);
            }

            @Override
            public void close() {
                encoder.close();
                closed.incrementAndGet();
            }
        };
    }

    /** Opened so far. */
    public int opened() {
        return opened.get();
    }

    public int open() {
        return opened.get() - closed.get();
    }
}
