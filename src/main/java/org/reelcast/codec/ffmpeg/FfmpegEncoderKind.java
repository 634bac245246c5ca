package org.reelcast.codec.ffmpeg;

import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.global.avutil;

/** H.264 encoders that a build of FFmpeg may have, each set up to give every picture at once. */
public enum FfmpegEncoderKind implements VideoEncoder.Kind, FfmpegVideoEncoder.Codec {
    NVENC("nvenc", "h264_nvenc", "NVIDIA's encoder") {
        @Override
        public void setUp(AVCodecContext context, EncoderSettings settings) {
            options(
                    context,
                    "preset",
                    "p2",
                    "tune",
                    "ull",
                    "zerolatency",
                    "1",
                    "forced-idr",
                    "1",
                    "delay",
                    "0",
                    "no-scenecut",
                    settings.sceneCuts() ? "0" : "1");
            if (settings.isQuality()) {
                options(context, "rc", "constqp", "qp", String.valueOf(settings.quantizer()));
            } else {
                options(context, "rc", "cbr");
                context.bit_rate(settings.bitrate()).rc_buffer_size(settings.bitrate());
            }
        }
    },
    VAAPI("vaapi", "h264_vaapi", "a graphics device by VA-API") {
        @Override
        public void setUp(AVCodecContext context, EncoderSettings settings) {
            options(context, "async_depth", "1");
            if (settings.isQuality()) {
                options(context, "rc_mode", "CQP", "qp", String.valueOf(settings.quantizer()));
            } else {
                options(context, "rc_mode", "CBR");
                context.bit_rate(settings.bitrate()).rc_buffer_size(settings.bitrate());
            }
        }

        @Override
        public boolean takesMemoryOfDevice() {
            return true;
        }

        @Override
        public boolean changesBitrate() {
            return false;
        }
    },
    V4L2M2M("v4l2m2m", "h264_v4l2m2m", "a device by V4L2 memory to memory") {
        @Override
        public boolean changesBitrate() {
            return false;
        }
    },
    VIDEOTOOLBOX("videotoolbox", "h264_videotoolbox", "Apple's VideoToolbox") {
        @Override
        public void setUp(AVCodecContext context, EncoderSettings settings) {
            super.setUp(context, settings);
            options(context, "realtime", "1", "prio_speed", "1");
        }

        @Override
        public boolean changesBitrate() {
            return false;
        }
    },
    MEDIA_FOUNDATION("mf", "h264_mf", "Windows' Media Foundation") {
        @Override
        public void setUp(AVCodecContext context, EncoderSettings settings) {
            super.setUp(context, settings);
            options(context, "hw_encoding", "1", "scenario", "live_streaming", "rate_control", "cbr");
        }

        @Override
        public boolean changesBitrate() {
            return false;
        }
    },
    X264("libx264", "libx264", "libx264, superfast") {
        @Override
        public void setUp(AVCodecContext context, EncoderSettings settings) {
            options(context, "preset", "superfast", "tune", "zerolatency", "forced-idr", "1");
            if (!settings.sceneCuts()) {
                options(context, "sc_threshold", "0");
            }
            if (settings.unitBytes() > 0) {
                options(context, "profile", "baseline", "slice-max-size", String.valueOf(settings.unitBytes()));
            }
            if (settings.isQuality()) {
                options(context, "qp", String.valueOf(settings.quantizer()));
            } else {
                context.bit_rate(settings.bitrate())
                        .rc_max_rate(settings.bitrate())
                        .rc_buffer_size(settings.bitrate());
            }
        }
    },
    /** In every build of FFmpeg that comes with the server. */
    OPENH264("bundled", "libopenh264", "the OpenH264 that is built into FFmpeg") {
        /** No limit in earnest: quality is constant. */
        private static final long QUALITY_BITRATE = 100_000_000;

        @Override
        public void setUp(AVCodecContext context, EncoderSettings settings) {
            context.slices(settings.threads());
            options(context, "allow_skip_frames", "0");
            if (settings.unitBytes() > 0) {
                options(
                        context,
                        "profile",
                        "constrained_baseline",
                        "coder",
                        "cavlc",
                        "max_nal_size",
                        String.valueOf(settings.unitBytes()));
            } else {
                options(context, "coder", "cabac");
            }
            if (settings.isQuality()) {
                options(context, "rc_mode", "quality");
                context.bit_rate(QUALITY_BITRATE).qmin(settings.quantizer()).qmax(settings.quantizer());
            } else {
                options(context, "rc_mode", "bitrate");
                context.bit_rate(settings.bitrate());
            }
        }

        @Override
        public boolean changesBitrate() {
            return false;
        }
    };

    private final String id;
    private final String codec;
    private final String description;

    FfmpegEncoderKind(String id, String codec, String description) {
        this.id = id;
        this.codec = codec;
        this.description = description;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String codec() {
        return codec;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public VideoEncoder open(EncoderSettings settings) throws IOException {
        if (settings.unitBytes() > 0 && this != X264 && this != OPENH264) {
            throw new IOException(description + " makes NAL units of any length");
        }
        return FfmpegVideoEncoder.open(this, settings);
    }

    @Override
    public void setUp(AVCodecContext context, EncoderSettings settings) {
        context.bit_rate(settings.bitrateOrEstimate())
                .rc_max_rate(settings.bitrateOrEstimate())
                .rc_buffer_size(settings.bitrateOrEstimate());
    }

    @Override
    public boolean takesMemoryOfDevice() {
        return false;
    }

    @Override
    public boolean changesBitrate() {
        return true;
    }

    private static void options(AVCodecContext context, String... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            avutil.av_opt_set(context.priv_data(), namesAndValues[i], namesAndValues[i + 1], 0);
        }
    }
}
