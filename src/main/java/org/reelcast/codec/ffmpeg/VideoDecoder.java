package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.reelcast.media.Colour;

/**
 * A decoder of pictures: coded ones in decode order in, by what the codec's class takes them as, pictures in the order
 * in which they are shown out, in the
 * standard dynamic range. For one thread at a time.
 */
public abstract class VideoDecoder implements AutoCloseable {
    /** AV_FRAME_FLAG_KEY, which the bindings lack. */
    private static final int KEY = 1 << 1;

    private final CodecMemory.Share share;
    private final boolean deinterlaces;
    private StartedDecoder decoder;
    /** While pictures are interlaced. */
    private Deinterlacer deinterlacer;
    /** While pictures are of high dynamic range or wide gamut. */
    private ToneMapper mapper;
    /** The picture that came out last. */
    private AVFrame shown;

    /**
     * @param share        what it may hold; closed with the decoder
     * @param deinterlaces whether whole pictures are made of interlaced ones, each a picture later; times are in
     *                     microseconds then
     */
    VideoDecoder(CodecMemory.Share share, boolean deinterlaces) {
        this.share = share;
        this.deinterlaces = deinterlaces;
    }

    /** What the values of pictures mean that come out of a decoder, where those that go in are of that colour. */
    public static Colour shown(Colour coded) {
        return ToneMapper.isNeeded(coded) ? Colour.BT709 : coded;
    }

    /** Goes on with another decoder; the one before, if any, is closed. */
    final void use(StartedDecoder other) {
        if (decoder != null) {
            decoder.close();
        }
        decoder = other;
        shown = other.frame();
    }

    final StartedDecoder started() {
        return decoder;
    }

    final CodecMemory.Share share() {
        return share;
    }

    /** There is nothing more to come: {@link #receive()} gives what was held back. */
    public final void end() {
        avcodec.avcodec_send_packet(decoder.context(), null);
    }

    /** After {@link #end()} and the last picture: takes pictures again, the next one a key frame. */
    public final void restart() {
        avcodec.avcodec_flush_buffers(decoder.context());
        closeDeinterlacer();
    }

    /** Whether another picture is ready; it is this decoder's until the next call. */
    public final boolean receive() throws FfmpegException {
        if (!receiveDecoded()) {
            return false;
        }
        Colour colour = ToneMapper.colour(shown);
        if (ToneMapper.isNeeded(colour)) {
            if (mapper != null && !mapper.fits(colour)) {
                closeMapper();
            }
            mapper = mapper == null ? ToneMapper.open(colour) : mapper;
            shown = mapper.map(shown);
        }
        return true;
    }

    private void closeMapper() {
        if (mapper != null) {
            mapper.close();
            mapper = null;
            shown = decoder.frame();
        }
    }

    private boolean receiveDecoded() throws FfmpegException {
        shown = decoder.frame();
        while (!receiveDeinterlaced()) {
            int code = avcodec.avcodec_receive_frame(decoder.context(), decoder.frame());
            if (code == avutil.AVERROR_EOF() && deinterlacer != null) {
                deinterlacer.send(null);
                if (receiveDeinterlaced()) {
                    return true;
                }
                closeDeinterlacer();
            }
            if (code < 0) {
                return false;
            }
            describe(decoder.frame());
            boolean interlaced = (decoder.frame().flags() & AVFrame.AV_FRAME_FLAG_INTERLACED) != 0;
            if (!deinterlaces || !interlaced && deinterlacer == null) {
                return true;
            }
            deinterlace(decoder.frame());
        }
        return true;
    }

    private void deinterlace(AVFrame frame) throws FfmpegException {
        if (deinterlacer != null && !deinterlacer.fits(frame)) {
            closeDeinterlacer();
        }
        if (deinterlacer == null) {
            deinterlacer = Deinterlacer.open(frame);
        }
        deinterlacer.send(frame);
    }

    private boolean receiveDeinterlaced() {
        boolean ready = deinterlacer != null && deinterlacer.receive();
        shown = ready ? deinterlacer.frame() : decoder.frame();
        return ready;
    }

    private void closeDeinterlacer() {
        if (deinterlacer != null) {
            deinterlacer.close();
            deinterlacer = null;
            shown = decoder.frame();
        }
    }

    /** Adds to a decoded picture what is known of it from elsewhere. */
    void describe(AVFrame frame) {
        // parameter sets say it all
    }

    final AVFrame frame() {
        return shown;
    }

    /** The picture's time as it was given with the coded one. */
    public final long pts() {
        return shown.pts();
    }

    public final int width() {
        return shown.width();
    }

    public final int height() {
        return shown.height();
    }

    /** Whether the picture is a key frame of the file. */
    public final boolean isKey() {
        return (shown.flags() & KEY) != 0;
    }

    @Override
    public final void close() {
        closeMapper();
        closeDeinterlacer();
        decoder.close();
        share.close();
    }
}
