package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVHWFramesContext;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/** Pictures in the memory of a VA-API device, copied there for its encoder. For one thread at a time. */
final class DevicePictures implements AutoCloseable {
    private static final int POOL = 4;

    private final AVBufferRef device = new AVBufferRef(null);
    private AVBufferRef pool;
    /** Luma, and both chroma planes as one: what devices take. */
    private final AVFrame interleaved = avutil.av_frame_alloc();

    private final AVFrame uploaded = avutil.av_frame_alloc();
    private final SwsContext converter = swscale.sws_alloc_context();

    private DevicePictures() {}

    static DevicePictures open(int width, int height) throws FfmpegException {
        DevicePictures pictures = new DevicePictures();
        boolean done = false;
        try {
            FfmpegException.check(
                    "There is no VA-API device",
                    avutil.av_hwdevice_ctx_create(
                            pictures.device, avutil.AV_HWDEVICE_TYPE_VAAPI, (String) null, null, 0));
            pictures.pool = avutil.av_hwframe_ctx_alloc(pictures.device);
            AVHWFramesContext frames = new AVHWFramesContext(pictures.pool.data());
            frames.format(avutil.AV_PIX_FMT_VAAPI).sw_format(avutil.AV_PIX_FMT_NV12);
            frames.width(width).height(height).initial_pool_size(POOL);
            FfmpegException.check("The VA-API device has no memory", avutil.av_hwframe_ctx_init(pictures.pool));
            done = true;
            return pictures;
        } finally {
            if (!done) {
                pictures.close();
            }
        }
    }

    void applyTo(AVCodecContext context) {
        context.pix_fmt(avutil.AV_PIX_FMT_VAAPI);
        context.hw_frames_ctx(avutil.av_buffer_ref(pool));
    }

    /** @return this object's until the next call */
    AVFrame copyOf(AVFrame picture) throws FfmpegException {
        avutil.av_frame_unref(interleaved);
        interleaved.format(avutil.AV_PIX_FMT_NV12);
        interleaved.width(picture.width()).height(picture.height());
        interleaved.color_range(picture.color_range());
        interleaved.colorspace(picture.colorspace());
        FfmpegException.check(
                "The pictures cannot be converted", swscale.sws_scale_frame(converter, interleaved, picture));
        avutil.av_frame_unref(uploaded);
        FfmpegException.check(
                "The device has no memory for a picture", avutil.av_hwframe_get_buffer(pool, uploaded, 0));
        FfmpegException.check("The device takes no picture", avutil.av_hwframe_transfer_data(uploaded, interleaved, 0));
        uploaded.pts(picture.pts());
        return uploaded;
    }

    @Override
    public void close() {
        swscale.sws_free_context(converter);
        avutil.av_frame_free(uploaded);
        avutil.av_frame_free(interleaved);
        if (pool != null) {
            avutil.av_buffer_unref(pool);
        }
        avutil.av_buffer_unref(device);
    }
}
