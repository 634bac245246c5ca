package org.reelcast.rendition.reencode;

import java.io.IOException;
import org.reelcast.bitstream.h264.InBandFormat;
import org.reelcast.bitstream.h264.StartCodes;
import org.reelcast.codec.encoders.VideoEncoders;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.H264Encoder;
import org.reelcast.codec.ffmpeg.VideoDecoder;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/** The encoder of a decoder's pictures, as the specification wants them. For one thread at a time. */
final class FrameEncoder implements AutoCloseable {
    private final EncodingSpec spec;
    private final int maxThreads;
    private H264Encoder encoder;
    private PictureShape shape;
    private Format format;
    private boolean firstOfSegment = true;
    private long lastUs;
    private long lastKeyUs;

    FrameEncoder(EncodingSpec spec, int maxThreads) {
        this.spec = spec;
        this.maxThreads = maxThreads;
    }

    /** The next picture is the first of a segment: a key frame. */
    void beginSegment() {
        firstOfSegment = true;
    }

    /** Whether a picture is encoded at {@code timeUs}. */
    boolean wants(long timeUs) {
        return firstOfSegment || spec.shows(timeUs, lastUs);
    }

    /** The decoder's picture as a frame. */
    Frame encode(VideoDecoder decoder, PictureShape wanted, long timeUs) throws IOException {
        if (encoder == null || !encoder.fits(decoder) || !wanted.equals(shape)) {
            shape = wanted;
            renew(decoder);
        }
        boolean key = firstOfSegment
                || decoder.isKey() && timeUs - lastKeyUs >= spec.target().keyDistanceUs();
        Slice[] units = StartCodes.split(encoder.encode(decoder, key));
        format = InBandFormat.of(units, format, shape.rotation());
        firstOfSegment = false;
        lastUs = timeUs;
        lastKeyUs = key ? timeUs : lastKeyUs;
        return new Frame(format, timeUs, timeUs, key, units);
    }

    private void renew(VideoDecoder decoder) throws IOException {
        close();
        encoder = H264Encoder.open(VideoEncoders.ofProcess(), decoder, shape.area(), settings());
        firstOfSegment = true;
    }

    private EncoderSettings settings() throws IOException {
        int width = shape.width();
        int height = shape.height();
        EncodingTarget target = spec.target();
        if (!EncoderSettings.takes(target.width(width), target.height(height))) {
            throw new IOException("No encoder takes pictures of " + width + "x" + height);
        }
        return target.settings(width, height, spec.framesPerSecond(), spec.quantizer())
                .withThreads(target.threads(width, height, spec.framesPerSecond(), maxThreads));
    }

    @Override
    public void close() {
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
    }
}
