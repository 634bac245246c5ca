package org.reelcast.codec.ffmpeg;

import java.io.IOException;
import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Pictures that are made up to try encoders with: texture that moves back and forth and grain that never repeats, which
 * costs about as much a macroblock as films do. After the last one the first may come again, it fits on.
 */
public final class TestPictures implements AutoCloseable {
    public static final int WIDTH = 640;
    public static final int HEIGHT = 368;
    public static final int COUNT = 8;
    public static final int FRAMES_PER_SECOND = 25;
    private static final long FRAME_US = 1_000_000 / FRAMES_PER_SECOND;
    /** How far the texture moves from one picture to the next, in luma samples. */
    private static final int STEP_X = 6;

    private static final int STEP_Y = 2;
    private static final int TEXTURE_WIDTH = WIDTH + COUNT * STEP_X;
    private static final int TEXTURE_HEIGHT = HEIGHT + COUNT * STEP_Y;
    /** Of neighbouring samples, as in natural pictures. */
    private static final float CORRELATION = 0.95f;

    private static final float CONTRAST = 6;
    /** Adds -4 to 4 to a sample. */
    private static final int GRAIN_DIVISOR = 28;

    private final byte[] texture;
    private final byte[] grain = new byte[1 << 20];
    private final AVFrame frame = avutil.av_frame_alloc();

    private TestPictures() {
        Random random = new Random(1);
        texture = texture(random);
        random.nextBytes(grain);
    }

    public static TestPictures draw() throws FfmpegException {
        Ffmpeg.require();
        TestPictures pictures = new TestPictures();
        pictures.frame.format(avutil.AV_PIX_FMT_YUV420P);
        pictures.frame.width(WIDTH);
        pictures.frame.height(HEIGHT);
        int code = avutil.av_frame_get_buffer(pictures.frame, 0);
        if (code < 0) {
            pictures.close();
            throw FfmpegException.of("No memory for a picture", code);
        }
        return pictures;
    }

    /** When picture {@code number} is shown, of as many as are wanted. */
    public long timeUs(int number) {
        return number * FRAME_US;
    }

    /** Picture {@code number} as {@code encoder} encodes it. */
    public byte[] encode(int number, VideoEncoder encoder, boolean key) throws IOException {
        draw(number);
        frame.pts(timeUs(number));
        return encoder.encode(frame, key);
    }

    /** How alike the decoder's picture is to picture {@code number}, by luma, in dB; 0 for another size or time. */
    public double psnr(int number, H264Decoder decoder) throws FfmpegException {
        AVFrame other = decoder.frame();
        if (other.width() != WIDTH || other.height() != HEIGHT || other.pts() != timeUs(number)) {
            return 0;
        }
        draw(number);
        byte[] one = new byte[WIDTH];
        byte[] decoded = new byte[WIDTH];
        BytePointer mine = frame.data(0);
        BytePointer its = other.data(0);
        double squares = 0;
        for (int y = 0; y < HEIGHT; y++) {
            mine.position((long) y * frame.linesize(0)).get(one);
            its.position((long) y * other.linesize(0)).get(decoded);
            for (int x = 0; x < WIDTH; x++) {
                int difference = (one[x] & 0xff) - (decoded[x] & 0xff);
                squares += difference * difference;
            }
        }
        return 10 * Math.log10(255.0 * 255.0 * WIDTH * HEIGHT / squares);
    }

    private void draw(int number) throws FfmpegException {
        FfmpegException.check("No memory for a picture", avutil.av_frame_make_writable(frame));
        for (int plane = 0; plane < 3; plane++) {
            draw(plane, number);
        }
    }

    private void draw(int plane, int number) {
        int subsampling = plane == 0 ? 1 : 2;
        int place = number % COUNT;
        int shift = Math.min(place, COUNT - place);
        byte[] row = new byte[WIDTH / subsampling];
        BytePointer to = frame.data(plane);
        for (int y = 0; y < HEIGHT / subsampling; y++) {
            int at = (y * subsampling + shift * STEP_Y) * TEXTURE_WIDTH + shift * STEP_X;
            int grainAt = (number * 7919 + plane * 104_729 + y * WIDTH) % (grain.length - WIDTH);
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
                left = CORRELATION * (left + above[x])
                        - CORRELATION * CORRELATION * aboveLeft
                        + (random.nextFloat() - 0.5f) * CONTRAST;
                aboveLeft = above[x];
                above[x] = left;
                texture[y * TEXTURE_WIDTH + x] = (byte) Math.max(16, Math.min(235, 126 + left));
            }
        }
        return texture;
    }

    @Override
    public void close() {
        avutil.av_frame_free(frame);
    }
}
