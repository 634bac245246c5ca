package org.reelcast.codec.ffmpeg;

import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.reelcast.loop.AnyThread;

/**
 * An H.264 encoder of one size at work: pictures in, an access unit without reordering out for each of them at once.
 * For one thread at a time.
 */
public interface VideoEncoder extends AutoCloseable {

    /** A way to encode H.264 that this process has, or may have. */
    @AnyThread
    interface Kind {
        /** By which settings call it. */
        String id();

        /** What it is, for the log, as in "OpenH264 2.6.0 within FFmpeg". */
        String description();

        /**
         * An encoder at work.
         *
         * @throws IOException with a sentence, when there is none on this machine, or no more of them
         */
        VideoEncoder open(EncoderSettings settings) throws IOException;
    }

    /**
     * Encodes a picture of the encoder's size, 4:2:0 with 8 bits, whose time is in microseconds and later than the one
     * before. It is read until the call ends, no longer.
     *
     * @param key whether decoding must be able to start with it: a key frame (IDR) comes out then
     * @return NAL units with start codes (ITU-T H.264 annex B), parameter sets before each key frame
     */
    byte[] encode(AVFrame picture, boolean key) throws IOException;

    /** The same; the picture stays the caller's. */
    default byte[] encode(Picture picture, boolean key) throws IOException {
        return encode(picture.frame(), key);
    }

    /**
     * Changes the target. What can do it only from a key frame on makes one for it within a second.
     *
     * @param bitsPerSecond as in {@link EncoderSettings#bitrate}
     */
    void bitrate(int bitsPerSecond) throws IOException;

    @Override
    void close();
}
