package org.reelcast.rendition.reencode;

import java.io.IOException;
import org.reelcast.bitstream.h264.StartCodes;
import org.reelcast.codec.ffmpeg.H264Decoder;
import org.reelcast.codec.ffmpeg.H264Encoder;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/** Makes frames of a decoder's pictures, at the scale of the film. For one thread at a time. */
final class FrameEncoder implements AutoCloseable {
    /** Key frames of the file closer than this to the last one are not made key frames. */
    private static final long KEY_DISTANCE_US = 250_000;

    private final BFreeTrack track;
    private final int maxThreads;
    private H264Encoder encoder;
    private Format format;
    private boolean firstOfPiece = true;
    private long lastUs;
    private long lastKeyUs;

    FrameEncoder(BFreeTrack track, int maxThreads) {
        this.track = track;
        this.maxThreads = maxThreads;
    }

    /** The next picture is the first of a piece: a key frame. */
    void beginPiece() {
        firstOfPiece = true;
    }

    /** Whether the scale has a picture at {@code timeUs}. */
    boolean wants(long timeUs) {
        return firstOfPiece || track.shows(timeUs, lastUs);
    }

    /** The decoder's picture as a frame. */
    Frame encode(H264Decoder decoder, long timeUs) throws IOException {
        if (encoder == null || !encoder.fits(decoder)) {
            renew(decoder);
        }
        boolean key = firstOfPiece || decoder.isKey() && timeUs - lastKeyUs >= KEY_DISTANCE_US;
        Slice[] units = StartCodes.split(encoder.encode(decoder, key));
        format = PieceFile.format(units, format, track.track().rotation());
        firstOfPiece = false;
        lastUs = timeUs;
        lastKeyUs = key ? timeUs : lastKeyUs;
        return new Frame(format, timeUs, timeUs, key, units);
    }

    private void renew(H264Decoder decoder) throws IOException {
        close();
        int width = decoder.width();
        int height = decoder.height();
        Scale scale = track.scale();
        encoder = H264Encoder.open(decoder, scale.width(width), scale.height(height), track.quantizer(),
                track.framesPerSecond(), scale.threads(width, height, track.framesPerSecond(), maxThreads));
        firstOfPiece = true;
    }

    @Override
    public void close() {
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
    }
}
