package org.reelcast.codec.ffmpeg;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.reelcast.bitstream.h264.NalType;
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
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final int threads;
    private final int maxMacroblocks;
    private StartedDecoder decoder;
    private boolean isOrderKnown;

    private H264Decoder(int threads, int maxMacroblocks, boolean isOrderKnown) throws FfmpegException {
        this.threads = threads;
        this.maxMacroblocks = maxMacroblocks;
        this.isOrderKnown = isOrderKnown;
        this.decoder = start(0);
    }

    /**
     * A decoder for pictures in any order. It does not believe parameter sets that deny it: FFmpeg would lose those
     * that come later than they should be shown.
     *
     * @param threads pictures decoded at the same time; each is another picture of delay and of memory
     */
    public static H264Decoder open(int threads) throws FfmpegException {
        return new H264Decoder(threads, UNBOUNDED, false);
    }

    /**
     * The same that takes no memory for larger pictures than allowed, however they are cropped: access units with
     * parameter sets for such, with sets that cannot be read or with units hidden within others are broken to it.
     */
    public static H264Decoder openBounded(int threads, int maxMacroblocks) throws FfmpegException {
        return new H264Decoder(threads, maxMacroblocks, false);
    }

    /** A decoder for pictures that are shown in the order of decoding, as their sets say: each comes out at once. */
    public static H264Decoder openInOrder() throws FfmpegException {
        return new H264Decoder(1, UNBOUNDED, true);
    }

    private StartedDecoder start(int waiting) throws FfmpegException {
        return StartedDecoder.start("h264", context -> context.thread_count(threads).has_b_frames(waiting),
                "The H.264 decoder does not start");
    }

    /** Whether a bounded decoder does not take the unit. */
    private boolean isRefused(Slice unit) {
        if (unit.length() > 0 && NalType.of(unit.array()[unit.offset()]) == NalType.SPS) {
            Sps sps = Sps.parse(unit.array(), unit.offset(), unit.length());
            return sps == null || sps.macroblocks() > maxMacroblocks;
        }
        return hasStartCode(unit);
    }

    /** Whether FFmpeg would see another unit behind a start code within this one. */
    private static boolean hasStartCode(Slice unit) {
        byte[] array = unit.array();
        int end = unit.offset() + unit.length();
        for (int i = unit.offset() + 2; i < end; i++) {
            if (array[i] == 1 && array[i - 1] == 0 && array[i - 2] == 0) {
                return true;
            }
        }
        return false;
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
        if (maxMacroblocks < UNBOUNDED && Arrays.stream(units).anyMatch(this::isRefused)) {
            return avutil.AVERROR_INVALIDDATA();
        }
        if (!isOrderKnown) {
            isOrderKnown = true;
            int waiting = waiting(units);
            if (waiting > 0) {
                StartedDecoder patient = start(waiting);
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
