package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.reelcast.bitstream.h264.NalType;
import org.reelcast.bitstream.h264.Sps;
import org.reelcast.media.Slice;

/**
 * H.264 pictures in decode order in, pictures in the order in which they are shown out. Parameter sets come with the
 * pictures. For one thread at a time.
 */
public final class H264Decoder extends VideoDecoder {
    /** Pictures that wait for earlier ones in films whose parameter sets do not say how many. */
    private static final int MIN_WAITING = 2;

    private static final int MAX_WAITING = 16;
    /** Largest picture, in macroblocks: 4096x2304, level 5.2 (ITU-T H.264 table A-1). */
    private static final int MAX_MACROBLOCKS = 36_864;

    private static final int MACROBLOCK_PIXELS = 256;
    /** Pictures beside those kept: the one at work, the one that came out, two threads', those of an encoder. */
    private static final int MORE_PICTURES = 8;
    /** Of films that play, the most that are kept as a rule: references, and such that wait to be shown. */
    private static final int USUALLY_KEPT = 8;
    /** Tables for each macroblock, by measurement of motion vectors and all the rest. */
    private static final int MACROBLOCK_TABLES = 512;

    private final int threads;
    private final int maxMacroblocks;
    private boolean isOrderKnown;

    private H264Decoder(
            int threads, int maxMacroblocks, CodecMemory.Share share, boolean isOrderKnown, boolean deinterlaces)
            throws FfmpegException {
        super(share, deinterlaces);
        this.threads = threads;
        this.maxMacroblocks = maxMacroblocks;
        this.isOrderKnown = isOrderKnown;
        use(start(0));
    }

    /**
     * A decoder for pictures in any order. It does not believe parameter sets that deny it: FFmpeg would lose those
     * that come later than they should be shown. It takes no memory for larger pictures than level 5.2 has, however
     * they are cropped: access units with parameter sets for such, or with sets that cannot be read, are broken to it.
     *
     * @param threads pictures decoded at the same time; each is another picture of delay and of memory
     * @param share   what it may hold; grows when the stream needs more, and is closed with the decoder
     */
    public static H264Decoder open(int threads, CodecMemory.Share share) throws FfmpegException {
        return new H264Decoder(threads, MAX_MACROBLOCKS, share, false, false);
    }

    /** The same with a share that grows from nothing. */
    public static H264Decoder open(int threads) throws FfmpegException {
        return open(threads, MAX_MACROBLOCKS);
    }

    /** The same that makes whole pictures of interlaced ones, each a picture later; times are in microseconds. */
    public static H264Decoder openDeinterlacing(int threads, CodecMemory.Share share) throws FfmpegException {
        return new H264Decoder(threads, MAX_MACROBLOCKS, share, false, true);
    }

    static H264Decoder open(int threads, int maxMacroblocks) throws FfmpegException {
        return new H264Decoder(threads, maxMacroblocks, CodecMemory.ofProcess().share(0), false, false);
    }

    /** A decoder for pictures that are shown in the order of decoding, as their sets say: each comes out at once. */
    public static H264Decoder openInOrder() throws FfmpegException {
        return new H264Decoder(1, MAX_MACROBLOCKS, CodecMemory.ofProcess().share(0), true, false);
    }

    /** What a decoder of a film of that size needs as a rule, with the encoder of its pictures. */
    public static long usualBytes(int width, int height) {
        long macroblocks = (width + 15) / 16 * (long) ((height + 15) / 16);
        return macroblocks * (MACROBLOCK_PIXELS * 3 / 2 + MACROBLOCK_TABLES) * (USUALLY_KEPT + MORE_PICTURES);
    }

    /** The most that pictures of these sets can take, with the encoder of them. */
    public static long bytes(Sps sps) {
        // luma and, by 4:2:0, 4:2:2 or 4:4:4, chroma in half samples
        int halves = 2 + new int[] {1, 1, 2, 4}[sps.chromaFormat()];
        int sampleBytes = Math.max(sps.bitDepth(), sps.chromaBitDepth()) > 8 ? 2 : 1;
        long picture = sps.macroblocks() * (long) (MACROBLOCK_PIXELS * halves * sampleBytes / 2 + MACROBLOCK_TABLES);
        return picture * (Math.min(MAX_WAITING, sps.referenceFrames()) + waiting(sps) + MORE_PICTURES);
    }

    private StartedDecoder start(int waiting) throws FfmpegException {
        return StartedDecoder.start(
                "h264",
                context -> context.thread_count(threads)
                        .has_b_frames(waiting)
                        .max_pixels((long) maxMacroblocks * MACROBLOCK_PIXELS),
                "The H.264 decoder does not start");
    }

    /**
     * Whether the unit, or one that FFmpeg would find behind a start code within it, brings sets for pictures that are
     * too large.
     *
     * @throws FfmpegException when there is no room for pictures that are not
     */
    private boolean isRefused(Slice unit) throws FfmpegException {
        byte[] array = unit.array();
        int end = unit.offset() + unit.length();
        boolean refused = isTooLarge(array, unit.offset(), end);
        for (int i = unit.offset() + 2; i < end && !refused; i++) {
            if (array[i] == 1 && array[i - 1] == 0 && array[i - 2] == 0) {
                refused = isTooLarge(array, i + 1, end);
            }
        }
        return refused;
    }

    private boolean isTooLarge(byte[] array, int offset, int end) throws FfmpegException {
        if (offset >= end || NalType.of(array[offset]) != NalType.SPS) {
            return false;
        }
        Sps sps = Sps.parse(array, offset, end - offset);
        if (sps == null || sps.macroblocks() > maxMacroblocks || bytes(sps) > CodecMemory.MAX_SHARE) {
            return true;
        }
        share().atLeast(bytes(sps));
        return false;
    }

    /** How many pictures may have to wait for earlier ones, when the sets do not say so themselves. */
    private static int waiting(Slice[] units) {
        int most = 0;
        for (Slice unit : units) {
            Sps sps = Sps.parse(unit.array(), unit.offset(), unit.length());
            if (sps != null && sps.reorderFrames() <= 0) {
                most = Math.max(most, waiting(sps));
            }
        }
        return most;
    }

    /** How many may have to at most. */
    private static int waiting(Sps sps) {
        return sps.isBaseline() || sps.pictureOrderCountType() == 2
                ? 0
                : Math.max(MIN_WAITING, Math.min(MAX_WAITING, Math.max(sps.referenceFrames(), sps.reorderFrames())));
    }

    /**
     * Takes one access unit; then call {@link #receive()} until it says no.
     *
     * @param pts comes out again with the picture
     * @return 0 or FFmpeg's negative code when the unit is broken, or for pictures that are too large
     * @throws FfmpegException when there is no memory left for such pictures
     */
    public int send(Slice[] units, long pts) throws FfmpegException {
        for (Slice unit : units) {
            if (isRefused(unit)) {
                return avutil.AVERROR_INVALIDDATA();
            }
        }
        if (!isOrderKnown) {
            isOrderKnown = true;
            int waiting = waiting(units);
            if (waiting > 0) {
                use(start(waiting));
            }
        }
        int code = avcodec.avcodec_send_packet(
                started().context(), started().input().ofUnits(units, pts));
        if (isBeyondLimit()) {
            // FFmpeg has read the sets in another way than was foreseen
            use(start(0));
            return avutil.AVERROR_INVALIDDATA();
        }
        return Math.min(0, code);
    }

    private boolean isBeyondLimit() {
        long pixels =
                (long) started().context().coded_width() * started().context().coded_height();
        return pixels > (long) maxMacroblocks * MACROBLOCK_PIXELS;
    }
}
