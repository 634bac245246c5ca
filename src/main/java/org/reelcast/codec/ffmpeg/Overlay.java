package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.reelcast.loop.AnyThread;

/**
 * An image, transparent in places, that is laid on pictures: a label, a logo. It is converted to the pictures' kind of
 * samples once.
 */
@AnyThread
public final class Overlay {
    private static final int PLANES = 3;
    private static final int OPAQUE = 255;
    private static final int NO_COLOUR = 128;
    private static final double KR_601 = 0.299;
    private static final double KB_601 = 0.114;
    private static final double KR_709 = 0.2126;
    private static final double KB_709 = 0.0722;
    private static final double KR_2020 = 0.2627;
    private static final double KB_2020 = 0.0593;

    private final int[] argb;
    private final int width;
    private final int height;
    private Samples samples;

    /**
     * Of one kind of picture; chroma is half as large as the image, rounded up.
     *
     * @param values 8 bits each, by plane
     * @param alpha  0 (nothing is to be seen of it) to 255, by plane
     */
    private record Samples(int matrix, boolean fullRange, byte[][] values, byte[][] alpha) {}

    private Overlay(int[] argb, int width, int height) {
        this.argb = argb;
        this.width = width;
        this.height = height;
    }

    /**
     * @param argb pixel by pixel as Java2D has them in images of {@code TYPE_INT_ARGB}, in rows from the top; not to be
     *             changed
     */
    public static Overlay of(int[] argb, int width, int height) {
        if (width <= 0 || height <= 0 || argb.length < (long) width * height) {
            throw new IllegalArgumentException(argb.length + " pixels are no image of " + width + "x" + height);
        }
        return new Overlay(argb, width, height);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /**
     * Lays it on a picture in 4:2:0 and 8 bits; what is outside of that is left out.
     *
     * @param x left, even
     * @param y top, even
     */
    public void blend(Picture picture, int x, int y) throws FfmpegException {
        picture.own();
        AVFrame frame = picture.frame();
        Samples fitting = samples(frame);
        for (int plane = 0; plane < PLANES; plane++) {
            int shift = PicturePlace.shift(plane);
            int left = Math.max(0, -x) >> shift;
            int top = Math.max(0, -y) >> shift;
            int columns = Math.min(half(width, shift), half(frame.width(), shift) - (x >> shift)) - left;
            int rows = Math.min(half(height, shift), half(frame.height(), shift) - (y >> shift));
            byte[] row = new byte[Math.max(0, columns)];
            for (int r = top; r < rows && columns > 0; r++) {
                BytePointer at = frame.data(plane)
                        .getPointer((long) frame.linesize(plane) * ((y >> shift) + r) + (x >> shift) + left);
                blend(at, row, fitting.values()[plane], fitting.alpha()[plane], r * half(width, shift) + left);
            }
        }
    }

    private static void blend(BytePointer at, byte[] row, byte[] values, byte[] alpha, int from) {
        at.get(row, 0, row.length);
        for (int i = 0; i < row.length; i++) {
            int weight = alpha[from + i] & 0xff;
            int below = row[i] & 0xff;
            row[i] = (byte) (below + divided(((values[from + i] & 0xff) - below) * weight));
        }
        at.put(row, 0, row.length);
    }

    /** By 255, to the nearest. */
    private static int divided(int product) {
        return (product >= 0 ? product + OPAQUE / 2 : product - OPAQUE / 2) / OPAQUE;
    }

    private static int half(int length, int shift) {
        return length + (1 << shift) - 1 >> shift;
    }

    private synchronized Samples samples(AVFrame frame) {
        int matrix = frame.colorspace();
        boolean fullRange = frame.color_range() == avutil.AVCOL_RANGE_JPEG;
        if (samples == null || samples.matrix() != matrix || samples.fullRange() != fullRange) {
            samples = converted(matrix, fullRange);
        }
        return samples;
    }

    /** By ITU-T H.273 section 8.3, equations 37 to 45. */
    private Samples converted(int matrix, boolean fullRange) {
        double kr =
                matrix == avutil.AVCOL_SPC_BT709 ? KR_709 : matrix == avutil.AVCOL_SPC_BT2020_NCL ? KR_2020 : KR_601;
        double kb =
                matrix == avutil.AVCOL_SPC_BT709 ? KB_709 : matrix == avutil.AVCOL_SPC_BT2020_NCL ? KB_2020 : KB_601;
        double lumaScale = fullRange ? 1 : 219.0 / OPAQUE;
        double chromaScale = fullRange ? 1 : 224.0 / OPAQUE;
        int black = fullRange ? 0 : 16;
        int halfWidth = half(width, 1);
        byte[][] values = planes(halfWidth * half(height, 1));
        byte[][] alpha = planes(halfWidth * half(height, 1));
        double[] sums = new double[PLANES];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int pixel = argb[y * width + x];
                alpha[0][y * width + x] = (byte) (pixel >>> 24);
                values[0][y * width + x] = (byte) Math.round(black + lumaScale * luma(pixel, kr, kb));
            }
        }
        for (int y = 0; y < height; y += 2) {
            for (int x = 0; x < width; x += 2) {
                sum(x, y, kr, kb, sums);
                int at = y / 2 * halfWidth + x / 2;
                for (int plane = 1; plane < PLANES; plane++) {
                    alpha[plane][at] = (byte) Math.round(sums[0]);
                    values[plane][at] = (byte) Math.round(NO_COLOUR + chromaScale * sums[plane]);
                }
            }
        }
        return new Samples(matrix, fullRange, values, alpha);
    }

    private byte[][] planes(int chroma) {
        return new byte[][] {new byte[width * height], new byte[chroma], new byte[chroma]};
    }

    private static double luma(int pixel, double kr, double kb) {
        return kr * (pixel >> 16 & 0xff) + (1 - kr - kb) * (pixel >> 8 & 0xff) + kb * (pixel & 0xff);
    }

    /** Alpha, and the two differences of colour weighted by it, of four pixels on average. */
    private void sum(int x, int y, double kr, double kb, double[] sums) {
        double weights = 0;
        double blue = 0;
        double red = 0;
        int count = 0;
        for (int dy = 0; dy < 2 && y + dy < height; dy++) {
            for (int dx = 0; dx < 2 && x + dx < width; dx++, count++) {
                int pixel = argb[(y + dy) * width + x + dx];
                double luma = luma(pixel, kr, kb);
                int weight = pixel >>> 24;
                weights += weight;
                blue += weight * ((pixel & 0xff) - luma) / (2 * (1 - kb));
                red += weight * ((pixel >> 16 & 0xff) - luma) / (2 * (1 - kr));
            }
        }
        sums[0] = weights / count;
        sums[1] = weights == 0 ? 0 : blue / weights;
        sums[2] = weights == 0 ? 0 : red / weights;
    }
}
