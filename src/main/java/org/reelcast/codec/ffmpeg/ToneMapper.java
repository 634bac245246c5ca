package org.reelcast.codec.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.reelcast.media.Colour;

/**
 * Makes pictures of high dynamic range (PQ, HLG) and of wide gamut (BT.2020, P3) ones of BT.709, 4:2:0 and 8 bits: what
 * screens of standard range show and what viewers are sent. For one thread at a time.
 */
final class ToneMapper implements AutoCloseable {
    private final ToneMap map;
    private final Colour colour;
    private final AVFrame out;
    private AVFrame plain;
    private SwsContext scaler;
    private short[][] luma = new short[2][0];
    private short[][] chroma = new short[2][0];
    private byte[][] rows = new byte[4][0];
    private final float[] rgb = new float[3];

    private ToneMapper(Colour colour) {
        this.colour = colour;
        this.map = ToneMap.of(colour);
        this.out = avutil.av_frame_alloc();
    }

    /** Whether pictures of this colour are to be mapped at all. */
    static boolean isNeeded(Colour colour) {
        return ToneMap.isNeeded(colour);
    }

    static ToneMapper open(Colour colour) {
        return new ToneMapper(colour);
    }

    /** What the values of a picture mean. */
    static Colour colour(AVFrame frame) {
        return new Colour(
                frame.color_primaries(),
                frame.color_trc(),
                frame.colorspace(),
                frame.color_range() == avutil.AVCOL_RANGE_JPEG);
    }

    boolean fits(Colour other) {
        return colour.equals(other);
    }

    /** The picture that is shown instead, this mapper's until the next one. */
    AVFrame map(AVFrame frame) throws FfmpegException {
        AVFrame in = plain(frame);
        avutil.av_frame_unref(out);
        out.format(avutil.AV_PIX_FMT_YUV420P).width(in.width()).height(in.height());
        FfmpegException.check("No memory for a picture", avutil.av_frame_get_buffer(out, 0));
        out.pts(frame.pts()).flags(frame.flags()).sample_aspect_ratio(frame.sample_aspect_ratio());
        out.color_primaries(avutil.AVCOL_PRI_BT709).color_trc(avutil.AVCOL_TRC_BT709);
        out.colorspace(avutil.AVCOL_SPC_BT709).color_range(avutil.AVCOL_RANGE_MPEG);
        mapAll(in);
        return out;
    }

    /** The picture in 4:2:0 with 10 bits. */
    private AVFrame plain(AVFrame frame) throws FfmpegException {
        if (frame.format() == avutil.AV_PIX_FMT_YUV420P10LE && frame.linesize(0) > 0) {
            return frame;
        }
        if (scaler == null) {
            scaler = swscale.sws_alloc_context();
            plain = avutil.av_frame_alloc();
        }
        avutil.av_frame_unref(plain);
        plain.format(avutil.AV_PIX_FMT_YUV420P10LE).width(frame.width()).height(frame.height());
        plain.color_range(frame.color_range()).colorspace(frame.colorspace());
        plain.color_primaries(frame.color_primaries()).color_trc(frame.color_trc());
        FfmpegException.check("The pictures cannot be converted", swscale.sws_scale_frame(scaler, plain, frame));
        return plain;
    }

    private void mapAll(AVFrame in) {
        int width = in.width();
        int height = in.height();
        int half = (width + 1) / 2;
        if (rows[0].length != 2 * half) {
            luma = new short[2][2 * half];
            chroma = new short[2][half];
            rows = new byte[][] {new byte[2 * half], new byte[2 * half], new byte[half], new byte[half]};
        }
        ShortBuffer y = shorts(in, 0, height);
        ShortBuffer u = shorts(in, 1, (height + 1) / 2);
        ShortBuffer v = shorts(in, 2, (height + 1) / 2);
        ByteBuffer outY = bytes(out, 0, height);
        ByteBuffer outU = bytes(out, 1, (height + 1) / 2);
        ByteBuffer outV = bytes(out, 2, (height + 1) / 2);
        for (int row = 0; row < height; row += 2) {
            for (int i = 0; i < 2; i++) {
                y.get(Math.min(height - 1, row + i) * (in.linesize(0) / Short.BYTES), luma[i], 0, width);
                Arrays.fill(luma[i], width, 2 * half, luma[i][width - 1]);
            }
            u.get(row / 2 * (in.linesize(1) / Short.BYTES), chroma[0], 0, half);
            v.get(row / 2 * (in.linesize(2) / Short.BYTES), chroma[1], 0, half);
            mapRow(half);
            outY.put(row * out.linesize(0), rows[0], 0, width);
            if (row + 1 < height) {
                outY.put((row + 1) * out.linesize(0), rows[1], 0, width);
            }
            outU.put(row / 2 * out.linesize(1), rows[2], 0, half);
            outV.put(row / 2 * out.linesize(2), rows[3], 0, half);
        }
    }

    private static ShortBuffer shorts(AVFrame frame, int plane, int rows) {
        return bytes(frame, plane, rows).asShortBuffer();
    }

    private static ByteBuffer bytes(AVFrame frame, int plane, int rows) {
        return frame.data(plane)
                .capacity((long) frame.linesize(plane) * rows)
                .asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Two rows of luma and the one of chroma that belongs to them, two pixels by two. */
    private void mapRow(int blocks) {
        for (int i = 0; i < blocks; i++) {
            int u = chroma[0][i];
            int v = chroma[1][i];
            float red = 0;
            float blue = 0;
            float luma4 = 0;
            for (int pixel = 0; pixel < 4; pixel++) {
                int at = 2 * i + (pixel & 1);
                map.map(luma[pixel >> 1][at], u, v, rgb);
                float y = 0.2126f * rgb[0] + 0.7152f * rgb[1] + 0.0722f * rgb[2];
                rows[pixel >> 1][at] = (byte) (int) (16.5f + 219 * y);
                luma4 += y;
                red += rgb[0];
                blue += rgb[2];
            }
            rows[2][i] = (byte) (int) (128.5f + 56 * (blue - luma4) / 1.8556f);
            rows[3][i] = (byte) (int) (128.5f + 56 * (red - luma4) / 1.5748f);
        }
    }

    @Override
    public void close() {
        avutil.av_frame_free(out);
        if (scaler != null) {
            swscale.sws_free_context(scaler);
            avutil.av_frame_free(plain);
        }
    }
}
