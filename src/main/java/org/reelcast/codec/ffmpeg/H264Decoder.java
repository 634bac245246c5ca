package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.reelcast.bitstream.h264.Sps;
import org.reelcast.media.Slice;

/**
 * H.264 pictures in decode order in, pictures in the order in which they are shown out. Parameter sets come with the
 * pictures. For one thread at a time.
 */
public final class H264Decoder implements AutoCloseable {
    /** AV_FRAME_FLAG_KEY, which the bindings lack. */
    private static final int KEY = 1 << 1;

    /** Pictures that wait for earlier ones in films whose parameter sets do not say how many. */
    private static final int MIN_WAITING = 2;
    private static final int MAX_WAITING = 16;

    private final int threads;
    private StartedDecoder decoder;
    private boolean isOrderKnown;

    private H264Decoder(int threads, boolean isOrderKnown) throws FfmpegException {
        this.threads = threads;
        this.isOrderKnown = isOrderKnown;
        this.decoder = start(threads, 0);
    }

    /**
     * A decoder for pictures in any order. It does not believe parameter sets that deny it: FFmpeg would lose those
     * that come later than they should be shown.
     *
     * @param threads pictures decoded at the same time; each is another picture of delay and of memory
     */
    public static H264Decoder open(int threads) throws FfmpegException {
        return new H264Decoder(threads, false);
    }

    /** A decoder for pictures that are shown in the order of decoding, as their sets say: each comes out at once. */
    public static H264Decoder openInOrder() throws FfmpegException {
        return new H264Decoder(1, true);
    }

    private static StartedDecoder start(int threads, int waiting) throws FfmpegException {
        return StartedDecoder.start("h264", context -> context.thread_count(threads).has_b_frames(waiting),
                "The H.264 decoder does not start");
    }

    /** How many pictures may have to wait for earlier ones, when the sets do not say so themselves. */
    private static int waiting(Slice[] units) {
        int most = 0;
        for (Slice unit : units) {
            Sps sps = Sps.parse(unit.array(), unit.offset(), unit.length());
            if (sps != null && !sps.isBaseline() && sps.pictureOrderCountType() != 2 && sps.reorderFrames() <= 0) {
                most = Math.max(most, Math.max(MIN_WAITING, Math.min(MAX_WAITING, sps.referenceFrames())));
            }
        }
        return most;
    }

    /**
     * Takes one access unit; then call {@link #receive()} until it says no.
     *
     * @param pts comes out again with the picture
     * @return 0 or FFmpeg's negative code when the unit is broken
     */
    public int send(Slice[] units, long pts) throws FfmpegException {
        if (!isOrderKnown) {
            isOrderKnown = true;
            int waiting = waiting(units);
            if (waiting > 0) {
                StartedDecoder patient = start(threads, waiting);
                decoder.close();
                decoder = patient;
            }
        }
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
