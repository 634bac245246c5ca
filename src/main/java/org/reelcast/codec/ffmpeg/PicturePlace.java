package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * A place in a picture in 4:2:0; all numbers even.
 *
 * @param x left
 * @param y top
 */
public record PicturePlace(int x, int y, int width, int height) {

    /** Its first sample in a plane. */
    BytePointer in(AVFrame frame, int plane) {
        int shift = shift(plane);
        return frame.data(plane).getPointer((long) frame.linesize(plane) * (y >> shift) + (x >> shift));
    }

    /** By how many bits the plane is smaller than the picture. */
    static int shift(int plane) {
        return plane == 0 ? 0 : 1;
    }
}
