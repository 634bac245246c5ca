package org.reelcast.rendition;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.Slice;

/** What a viewer hears: decodes Opus packets as they come, as a browser does, without cutting anything away. */
public final class OpusListener implements AutoCloseable {
    private final int channels;
    private final AVCodecContext context;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private final List<float[]> heard = new ArrayList<>();
    private int total;

    public OpusListener(int channels) {
        this.channels = channels;
        AVCodec codec = avcodec.avcodec_find_decoder_by_name("libopus");
        context = avcodec.avcodec_alloc_context3(codec);
        context.sample_rate(48_000);
        context.request_sample_fmt(avutil.AV_SAMPLE_FMT_FLT);
        avutil.av_channel_layout_default(context.ch_layout(), channels);
        if (avcodec.avcodec_open2(context, codec, (PointerPointer<?>) null) < 0) {
            throw new IllegalStateException("no Opus decoder");
        }
    }

    /** Reads up to {@code count} packets and gives all their samples, interleaved. */
    public static float[] hear(FrameReader reader, int channels, int count) throws IOException {
        try (OpusListener listener = new OpusListener(channels)) {
            Frame frame = null;
            for (int i = 0; i < count && (frame = reader.next()) != null; i++) {
                listener.take(frame);
            }
            return listener.samples();
        }
    }

    public void take(Frame opus) {
        Slice slice = opus.slice(0);
        avcodec.av_new_packet(packet, slice.length());
        packet.data().put(slice.array(), slice.offset(), slice.length());
        if (avcodec.avcodec_send_packet(context, packet) < 0 || avcodec.avcodec_receive_frame(context, frame) < 0) {
            throw new IllegalStateException("not an Opus packet");
        }
        avcodec.av_packet_unref(packet);
        if (frame.format() != avutil.AV_SAMPLE_FMT_FLT) {
            throw new IllegalStateException("format " + frame.format());
        }
        float[] samples = new float[frame.nb_samples() * channels];
        new FloatPointer(frame.data(0)).capacity(samples.length).get(samples);
        heard.add(samples);
        total += samples.length;
    }

    public float[] samples() {
        float[] all = new float[total];
        int at = 0;
        for (float[] part : heard) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @Override
    public void close() {
        avutil.av_frame_free(frame);
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(context);
    }
}
