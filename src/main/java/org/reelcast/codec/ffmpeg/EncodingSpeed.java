package org.reelcast.codec.ffmpeg;

import java.util.Arrays;
import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.reelcast.bitstream.h264.StartCodes;
import org.reelcast.media.Slice;

/**
 * How fast one core of this machine decodes and encodes H.264. A short film is made up: texture that moves back and
 * forth and grain that never repeats, which costs as much a macroblock as films do.
 */
public final class EncodingSpeed {
    /**
     * {@link #fastestNs} on the reference machine when little else runs: AMD EPYC (family 25, model 17) at 2.6 GHz, two
     * virtual cores, 2026-11-23.
     */
    private static final double REFERENCE_NS = 14e6;
    /** Cores faster than this are not believed. */
    private static final double MOST = 4;
    /** About 0.2 s on the reference machine. */
    private static final int ROUNDS = 7;

    private static final int WIDTH = 640;
    private static final int HEIGHT = 368;
    private static final int PICTURES = 8;
    /** The product's, unless set otherwise. */
    private static final int QUANTIZER = 26;
    private static final int FRAMES_PER_SECOND = 25;
    private static final long FRAME_US = 1_000_000 / FRAMES_PER_SECOND;
    /** How far the texture moves from one picture to the next, in luma samples. */
    private static final int STEP_X = 6;
    private static final int STEP_Y = 2;
    private static final int TEXTURE_WIDTH = WIDTH + PICTURES * STEP_X;
    private static final int TEXTURE_HEIGHT = HEIGHT + PICTURES * STEP_Y;
    /** Of neighbouring samples, as in natural pictures. */
    private static final float CORRELATION = 0.95f;
    private static final float CONTRAST = 6;
    /** Adds -4 to 4 to a sample. */
    private static final int GRAIN_DIVISOR = 28;

    private EncodingSpeed() {
    }

    /**
     * Measures it, in about 0.3 s of the calling thread. What else the machine does meanwhile makes the result smaller,
     * never larger: of several results the largest is the truest.
     *
     * @return 1 for cores like the reference machine's or slower ones, 2 for twice as fast ones; 4 at most
     */
    public static double measure() throws FfmpegException {
        return Math.max(1, Math.min(MOST, REFERENCE_NS / fastestNs(film(), ROUNDS)));
    }

    /**
     * Decodes the film so many times and encodes it once more each time. Of each picture the fastest time counts: no
     * picture takes so long that none of its turns is left undisturbed. The key frame does not count, films have few.
     */
    static long fastestNs(Slice[][] film, int rounds) throws FfmpegException {
        long[] fastestNs = new long[film.length];
        Arrays.fill(fastestNs, Long.MAX_VALUE);
        H264Encoder encoder = null;
        try (H264Decoder decoder = H264Decoder.openInOrder()) {
            for (int turn = 0; turn < rounds * film.length; turn++) {
                int picture = turn % film.length;
                long startNs = System.nanoTime();
                FfmpegException.check("The film made up does not decode",
                        decoder.send(film[picture], turn * FRAME_US));
                if (!decoder.receive()) {
                    throw new FfmpegException("A picture without B-frames did not come out of the decoder at once");
                }
                if (encoder == null) {
                    encoder = H264Encoder.open(decoder, WIDTH, HEIGHT, QUANTIZER, FRAMES_PER_SECOND, 1);
                }
                encoder.encode(decoder, turn == 0);
                fastestNs[picture] = Math.min(fastestNs[picture], System.nanoTime() - startNs);
            }
        } finally {
            if (encoder != null) {
                encoder.close();
            }
        }
        return Arrays.stream(fastestNs).skip(1).sum();
    }

    /** The film's access units, the first a key frame. After the last one the first may come again, it fits on. */
    static Slice[][] film() throws FfmpegException {
        Ffmpeg.require();
        Random random = new Random(1);
        byte[] texture = texture(random);
        byte[] grain = new byte[1 << 20];
        random.nextBytes(grain);
        Slice[][] film = new Slice[PICTURES][];
        AVFrame frame = avutil.av_frame_alloc();
        frame.format(avutil.AV_PIX_FMT_YUV420P);
        frame.width(WIDTH);
        frame.height(HEIGHT);
        try (H264Encoder encoder = H264Encoder.open(frame, WIDTH, HEIGHT, QUANTIZER, FRAMES_PER_SECOND, 1)) {
            FfmpegException.check("No memory for a picture", avutil.av_frame_get_buffer(frame, 0));
            for (int i = 0; i < PICTURES; i++) {
                FfmpegException.check("No memory for a picture", avutil.av_frame_make_writable(frame));
                for (int plane = 0; plane < 3; plane++) {
                    draw(frame, plane, i, texture, grain);
                }
                frame.pts(i * FRAME_US);
                film[i] = StartCodes.split(encoder.encode(frame, i == 0));
            }
        } finally {
            avutil.av_frame_free(frame);
        }
        return film;
    }

    private static void draw(AVFrame frame, int plane, int picture, byte[] texture, byte[] grain) {
        int subsampling = plane == 0 ? 1 : 2;
        int shift = Math.min(picture, PICTURES - picture);
        byte[] row = new byte[WIDTH / subsampling];
        BytePointer to = frame.data(plane);
        for (int y = 0; y < HEIGHT / subsampling; y++) {
            int at = (y * subsampling + shift * STEP_Y) * TEXTURE_WIDTH + shift * STEP_X;
            int grainAt = (picture * 7919 + plane * 104_729 + y * WIDTH) % (grain.length - WIDTH);
            for (int x = 0; x < row.length; x++) {
                row[x] = (byte) (texture[at + x * subsampling] + grain[grainAt + x] / GRAIN_DIVISOR);
            }
            to.position((long) y * frame.linesize(plane)).put(row, 0, row.length);
        }
    }

    /** A first-order Markov field, the usual model of a picture. */
    private static byte[] texture(Random random) {
        byte[] texture = new byte[TEXTURE_WIDTH * TEXTURE_HEIGHT];
        float[] above = new float[TEXTURE_WIDTH];
        for (int y = 0; y < TEXTURE_HEIGHT; y++) {
            float left = 0;
            float aboveLeft = 0;
            for (int x = 0; x < TEXTURE_WIDTH; x++) {
                left = CORRELATION * (left + above[x]) - CORRELATION * CORRELATION * aboveLeft
                        + (random.nextFloat() - 0.5f) * CONTRAST;
                aboveLeft = above[x];
                above[x] = left;
                texture[y * TEXTURE_WIDTH + x] = (byte) Math.max(16, Math.min(235, 126 + left));
            }
        }
        return texture;
    }
}
