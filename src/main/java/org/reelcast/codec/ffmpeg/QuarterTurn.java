package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** Turns images, and planes of pictures, clockwise by multiples of 90 degrees. */
final class QuarterTurn {
    /** Bytes of a pixel: red, green, blue. */
    private static final int PIXEL = 3;

    private QuarterTurn() {}

    /** Fills {@code to} with {@code from} turned; both are RGB24, and the one is as wide as the other has to be. */
    static void turn(AVFrame from, AVFrame to, int degrees) {
        int row = from.width() * PIXEL;
        byte[] pixels = new byte[from.height() * row];
        BytePointer in = from.data(0);
        for (int y = 0; y < from.height(); y++) {
            in.position((long) y * from.linesize(0)).get(pixels, y * row, row);
        }
        byte[] turned = turned(pixels, from.width(), from.height(), degrees, PIXEL);
        row = to.width() * PIXEL;
        BytePointer out = to.data(0);
        for (int y = 0; y < to.height(); y++) {
            out.position((long) y * to.linesize(0)).put(turned, y * row, row);
        }
    }

    /** Fills the place in {@code plane} of {@code to}, 4:2:0 as {@code from}, with the plane of {@code from} turned. */
    static void turnPlane(AVFrame from, AVFrame to, int plane, PicturePlace place, int degrees) {
        int shift = PicturePlace.shift(plane);
        int width = from.width() >> shift;
        int height = from.height() >> shift;
        byte[] samples = new byte[width * height];
        BytePointer in = from.data(plane);
        for (int y = 0; y < height; y++) {
            in.position((long) y * from.linesize(plane)).get(samples, y * width, width);
        }
        byte[] turned = turned(samples, width, height, degrees, 1);
        int row = place.width() >> shift;
        BytePointer out = place.in(to, plane);
        for (int y = 0; y < place.height() >> shift; y++) {
            out.position((long) y * to.linesize(plane)).put(turned, y * row, row);
        }
    }

    /** @param bytes of a pixel */
    private static byte[] turned(byte[] pixels, int width, int height, int degrees, int bytes) {
        // where the first pixel goes, and how far from each other go two that are neighbours in a row or in a column
        int first =
                switch (degrees) {
                    case 90 -> height - 1;
                    case 180 -> width * height - 1;
                    default -> (width - 1) * height;
                };
        int right =
                switch (degrees) {
                    case 90 -> height;
                    case 180 -> -1;
                    default -> -height;
                };
        int down =
                switch (degrees) {
                    case 90 -> -1;
                    case 180 -> -width;
                    default -> 1;
                };
        byte[] turned = new byte[pixels.length];
        int at = 0;
        for (int y = 0; y < height; y++) {
            int to = (first + y * down) * bytes;
            for (int x = 0; x < width; x++, to += right * bytes) {
                for (int i = 0; i < bytes; i++) {
                    turned[to + i] = pixels[at++];
                }
            }
        }
        return turned;
    }
}
