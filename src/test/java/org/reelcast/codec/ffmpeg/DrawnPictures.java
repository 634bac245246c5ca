package org.reelcast.codec.ffmpeg;

import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** Pictures for tests: blocks of texture that move, so that a picture can be told from others when it was encoded. */
public final class DrawnPictures {
    private static final int BLOCK = 8;
    private static final int STEP = 4;
    private static final int SIDE = 1024;

    private final byte[] texture = new byte[SIDE * SIDE];
    private final byte[] grain = new byte[1 << 20];

    public DrawnPictures() {
        this(0);
    }

    /** @param amplitude of grain that never repeats, which costs bits */
    public DrawnPictures(int amplitude) {
        Random random = new Random(7);
        for (int i = 0; i < grain.length; i++) {
            grain[i] = (byte) (random.nextInt(2 * amplitude + 1) - amplitude);
        }
        byte[] blocks = new byte[SIDE / BLOCK * (SIDE / BLOCK)];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = (byte) (40 + random.nextInt(160));
        }
        for (int i = 0; i < texture.length; i++) {
            texture[i] = blocks[i / SIDE / BLOCK * (SIDE / BLOCK) + i % SIDE / BLOCK];
        }
    }

    /** The picture of that number. */
    public Picture draw(int width, int height, int number, long timeUs) throws FfmpegException {
        Picture picture = Picture.black(width, height);
        picture.timeUs(timeUs);
        AVFrame frame = picture.frame();
        byte[] row = new byte[width];
        for (int y = 0; y < height; y++) {
            int speck = (number * 7919 + y * width) % (grain.length - width);
            for (int x = 0; x < width; x++) {
                row[x] = (byte) (texture[y % SIDE * SIDE + (x + number * STEP) % SIDE] + grain[speck + x]);
            }
            BytePointer to = frame.data(0);
            to.position((long) y * frame.linesize(0)).put(row, 0, width);
        }
        return picture;
    }

    /** How like another picture it is, in dB of its luma. */
    public static double psnr(Picture one, Picture other) {
        double sum = 0;
        byte[] mine = new byte[one.width()];
        byte[] others = new byte[one.width()];
        for (int y = 0; y < one.height(); y++) {
            row(one, y, mine);
            row(other, y, others);
            for (int x = 0; x < mine.length; x++) {
                double off = (mine[x] & 0xff) - (others[x] & 0xff);
                sum += off * off;
            }
        }
        return 10 * Math.log10(255.0 * 255 * one.width() * one.height() / Math.max(1e-9, sum));
    }

    private static void row(Picture picture, int y, byte[] row) {
        AVFrame frame = picture.frame();
        BytePointer from = frame.data(0);
        from.position((long) y * frame.linesize(0)).get(row, 0, row.length);
    }

    /** A sample of the picture's luma. */
    public static int luma(Picture picture, int x, int y) {
        return picture.frame().data(0).get((long) y * picture.frame().linesize(0) + x) & 0xff;
    }
}
