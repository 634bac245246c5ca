package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** Turns images clockwise by multiples of 90 degrees. */
final class QuarterTurn {
    /** Bytes of a pixel: red, green, blue. */
    private static final int PIXEL = 3;

    private QuarterTurn() {
    }

    /** Fills {@code to} with {@code from} turned; both are RGB24, and the one is as wide as the other has to be. */
    static void turn(AVFrame from, AVFrame to, int degrees) {
        int row = from.width() * PIXEL;
        byte[] pixels = new byte[from.height() * row];
        BytePointer in = from.data(0);
        for (int y = 0; y < from.height(); y++) {
            in.position((long) y * from.linesize(0)).get(pixels, y * row, row);
        }
        byte[] turned = turned(pixels, from.width(), from.height(), degrees);
        row = to.width() * PIXEL;
        BytePointer out = to.data(0);
        for (int y = 0; y < to.height(); y++) {
            out.position((long) y * to.linesize(0)).put(turned, y * row, row);
        }
    }

    private static byte[] turned(byte[] pixels, int width, int height, int degrees) {
        // where the first pixel goes, and how far from each other go two that are neighbours in a row or in a column
        int first = switch (degrees) {
            case 90 -> height - 1;
            case 180 -> width * height - 1;
            default -> (width - 1) * height;
        };
        int right = switch (degrees) {
            case 90 -> height;
            case 180 -> -1;
            default -> -height;
        };
        int down = switch (degrees) {
            case 90 -> -1;
            case 180 -> -width;
            default -> 1;
        };
        byte[] turned = new byte[pixels.length];
        int at = 0;
        for (int y = 0; y < height; y++) {
            int to = (first + y * down) * PIXEL;
            for (int x = 0; x < width; x++, to += right * PIXEL) {
                turned[to] = pixels[at++];
                turned[to + 1] = pixels[at++];
                turned[to + 2] = pixels[at++];
            }
        }
        return turned;
    }
}
