package org.reelcast.codec.ffmpeg;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.reelcast.media.AacFormat;
import org.reelcast.media.H264Format;
import org.reelcast.media.Slice;

/**
 * A stream on its way to an RTMP server: H.264 and AAC in FLV. Times are milliseconds since the stream's start. No call
 * blocks for longer than the limit. For one thread at a time.
 */
public final class RtmpPublisher implements AutoCloseable {
    private static final String FAILED = "The RTMP server takes no more";

    private final RtmpConnection connection;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private AVStream video;
    private AVStream audio;

    private RtmpPublisher(RtmpConnection connection) {
        this.connection = connection;
    }

    /**
     * Connects, and has the server take a stream of that name; then comes {@link #begin}.
     *
     * @param authorities certificates (PEM) one of which has to vouch for an RTMPS server; empty: any will do
     * @param stopped     whether calls are to be given up at once; asked on the thread that calls
     * @param limitMs     for each call
     */
    public static RtmpPublisher connect(
            RtmpAddress address, Optional<Path> authorities, BooleanSupplier stopped, long limitMs)
            throws FfmpegException {
        return new RtmpPublisher(RtmpConnection.open(address, authorities, stopped, limitMs));
    }

    /** Says what the stream holds: formats with their configuration. */
    public void begin(Optional<H264Format> picture, Optional<AacFormat> sound) throws FfmpegException {
        AVFormatContext context = connection.context();
        if (picture.isPresent()) {
            H264Format format = picture.get();
            video = avformat.avformat_new_stream(context, null);
            AVCodecParameters parameters = parameters(
                    video,
                    avutil.AVMEDIA_TYPE_VIDEO,
                    avcodec.AV_CODEC_ID_H264,
                    format.config().bytes());
            parameters.width(format.width()).height(format.height());
        }
        if (sound.isPresent()) {
            AacFormat format = sound.get();
            audio = avformat.avformat_new_stream(context, null);
            AVCodecParameters parameters = parameters(
                    audio,
                    avutil.AVMEDIA_TYPE_AUDIO,
                    avcodec.AV_CODEC_ID_AAC,
                    format.config().bytes());
            parameters.sample_rate(format.sampleRate());
            avutil.av_channel_layout_default(parameters.ch_layout(), format.channels());
        }
        AVDictionary options = new AVDictionary(null);
        try {
            avutil.av_dict_set(options, "flvflags", "no_duration_filesize", 0);
            connection.blocking(FAILED, () -> avformat.avformat_write_header(context, options));
        } finally {
            avutil.av_dict_free(options);
        }
    }

    private static AVCodecParameters parameters(AVStream stream, int type, int codec, byte[] configuration) {
        AVCodecParameters parameters = stream.codecpar();
        parameters.codec_type(type).codec_id(codec);
        BytePointer extradata =
                new BytePointer(avutil.av_mallocz((long) configuration.length + avcodec.AV_INPUT_BUFFER_PADDING_SIZE));
        extradata.capacity(configuration.length).put(configuration);
        parameters.extradata(extradata).extradata_size(configuration.length);
        return parameters;
    }

    /**
     * Sends a picture.
     *
     * @param configuration an AVCDecoderConfigurationRecord that holds from here on; null for the one before
     * @param sample        NAL units with lengths before them
     */
    public void picture(byte[] configuration, Slice sample, boolean key, long decodeMs, long shownMs)
            throws FfmpegException {
        fill(sample);
        packet.flags(key ? avcodec.AV_PKT_FLAG_KEY : 0);
        send(video, configuration, decodeMs, shownMs);
    }

    /** Sends an access unit of AAC; as for pictures, {@code configuration} is an AudioSpecificConfig or null. */
    public void sound(byte[] configuration, Slice unit, long timeMs) throws FfmpegException {
        fill(unit);
        packet.flags(avcodec.AV_PKT_FLAG_KEY);
        send(audio, configuration, timeMs, timeMs);
    }

    private void fill(Slice data) throws FfmpegException {
        FfmpegException.check("No memory for a packet", avcodec.av_new_packet(packet, data.length()));
        packet.data().put(data.array(), data.offset(), data.length());
    }

    private void send(AVStream stream, byte[] configuration, long decodeMs, long shownMs) throws FfmpegException {
        try {
            if (configuration != null) {
                BytePointer side = avcodec.av_packet_new_side_data(
                        packet, avcodec.AV_PKT_DATA_NEW_EXTRADATA, configuration.length);
                if (side == null) {
                    throw new FfmpegException("No memory for a packet");
                }
                side.put(configuration);
            }
            packet.stream_index(stream.index());
            packet.dts(decodeMs).pts(shownMs);
            connection.blocking(FAILED, () -> avformat.av_write_frame(connection.context(), packet));
        } finally {
            avcodec.av_packet_unref(packet);
        }
    }

    /** Says farewell to a server that still listens, for a second at most; waits for no other. */
    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        connection.close();
    }
}
