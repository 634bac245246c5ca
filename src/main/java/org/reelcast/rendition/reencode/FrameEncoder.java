package org.reelcast.rendition.reencode;

import java.io.IOException;
import org.reelcast.bitstream.h264.StartCodes;
import org.reelcast.codec.ffmpeg.H264Decoder;
import org.reelcast.codec.ffmpeg.H264Encoder;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/** The encoder of a decoder's pictures, at the specification's reduction step. For one thread at a time. */
final class FrameEncoder implements AutoCloseable {
    /** Key frames of the file closer than this to the last one are not made key frames. */
    private static final long KEY_DISTANCE_US = 250_000;

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

    /** Whether the reduction step has a picture at {@code timeUs}. */
    boolean wants(long timeUs) {
        return firstOfSegment || spec.shows(timeUs, lastUs);
    }

    /** The decoder's picture as a frame. */
    Frame encode(H264Decoder decoder, PictureShape wanted, long timeUs) throws IOException {
        if (encoder == null || !encoder.fits(decoder) || !wanted.equals(shape)) {
            shape = wanted;
            renew(decoder);
        }
        boolean key = firstOfSegment || decoder.isKey() && timeUs - lastKeyUs >= KEY_DISTANCE_US;
        Slice[] units = StartCodes.split(encoder.encode(decoder, key));
        format = SegmentFile.format(units, format, shape.rotation());
        firstOfSegment = false;
        lastUs = timeUs;
        lastKeyUs = key ? timeUs : lastKeyUs;
        return new Frame(format, timeUs, timeUs, key, units);
    }

    private void renew(H264Decoder decoder) throws IOException {
        close();
        int width = shape.width();
        int height = shape.height();
        ReductionStep reduction = spec.reduction();
        encoder = H264Encoder.open(decoder, shape.area(), reduction.width(width), reduction.height(height),
                spec.quantizer(), spec.framesPerSecond(),
                reduction.threads(width, height, spec.framesPerSecond(), maxThreads));
        firstOfSegment = true;
    }

    @Override
    public void close() {
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
    }
}
