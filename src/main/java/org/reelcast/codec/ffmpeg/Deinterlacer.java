package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Makes whole pictures of two fields of different times each (FFmpeg's {@code bwdif}): one out for one in, one later.
 * Pictures that do not say that they are interlaced come out as they are. For one thread at a time.
 */
final class Deinterlacer implements AutoCloseable {
    private final AVFilterGraph graph;
    private final AVFrame shown = avutil.av_frame_alloc();
    private final int width;
    private final int height;
    private final int pixelFormat;
    private AVFilterContext in;
    private AVFilterContext out;
    /** Microseconds to a unit of time of what comes out. */
    private double unitUs;

    private Deinterlacer(AVFrame like) {
        graph = avfilter.avfilter_graph_alloc();
        width = like.width();
        height = like.height();
        pixelFormat = like.format();
    }

    /** For pictures of the size and kind of {@code like}. */
    static Deinterlacer open(AVFrame like) throws FfmpegException {
        Deinterlacer deinterlacer = new Deinterlacer(like);
        boolean done = false;
        try {
            deinterlacer.build(like);
            done = true;
            return deinterlacer;
        } finally {
            if (!done) {
                deinterlacer.close();
            }
        }
    }

    private void build(AVFrame like) throws FfmpegException {
        graph.nb_threads(1);
        in = filter(
                "buffer",
                "video_size=" + width + "x" + height + ":pix_fmt=" + pixelFormat
                        + ":time_base=1/1000000:pixel_aspect=1/1:colorspace=" + like.colorspace() + ":range="
                        + like.color_range());
        AVFilterContext whole = filter("bwdif", "mode=send_frame:parity=auto:deint=interlaced");
        out = filter("buffersink", null);
        link(in, whole);
        link(whole, out);
        FfmpegException.check("The deinterlacer does not start", avfilter.avfilter_graph_config(graph, null));
        try (AVRational unit = avfilter.av_buffersink_get_time_base(out)) {
            unitUs = 1e6 * unit.num() / unit.den();
        }
    }

    private AVFilterContext filter(String name, String options) throws FfmpegException {
        AVFilterContext filter = avfilter.avfilter_graph_alloc_filter(graph, avfilter.avfilter_get_by_name(name), name);
        if (filter == null) {
            throw new FfmpegException("This build of FFmpeg has no filter " + name);
        }
        FfmpegException.check("The filter " + name + " does not start", avfilter.avfilter_init_str(filter, options));
        return filter;
    }

    private static void link(AVFilterContext from, AVFilterContext to) throws FfmpegException {
        FfmpegException.check("The filters do not fit together", avfilter.avfilter_link(from, 0, to, 0));
    }

    boolean fits(AVFrame frame) {
        return frame.width() == width && frame.height() == height && frame.format() == pixelFormat;
    }

    /** Takes a picture, whose time is in microseconds, from {@code frame}; null: there are no more. */
    void send(AVFrame frame) throws FfmpegException {
        FfmpegException.check("The deinterlacer takes no picture", avfilter.av_buffersrc_add_frame(in, frame));
    }

    /** Whether another picture is ready: {@link #frame()} has it until the next call. */
    boolean receive() {
        avutil.av_frame_unref(shown);
        if (avfilter.av_buffersink_get_frame(out, shown) < 0) {
            return false;
        }
        shown.pts(Math.round(shown.pts() * unitUs));
        return true;
    }

    AVFrame frame() {
        return shown;
    }

    @Override
    public void close() {
        avutil.av_frame_free(shown);
        avfilter.avfilter_graph_free(graph);
    }
}
