package org.reelcast.live.encode;

import java.io.IOException;
import java.util.Optional;
import org.reelcast.bitstream.h264.InBandFormat;
import org.reelcast.bitstream.h264.StartCodes;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.codec.ffmpeg.VideoEncoder;
import org.reelcast.loop.AnyThread;
import org.reelcast.media.Colour;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/**
 * The encoder of a stream's pictures: a new one when their size, the meaning of their samples or their rate changes.
 */
@AnyThread
final class VideoTrackEncoder implements AutoCloseable {
    /** Key frames that are asked for sooner than this after the last one wait: many viewers ask at once. */
    private static final long KEY_DISTANCE_US = 250_000;

    private final VideoEncoder.Kind kind;
    private final FrameRateGauge pace;
    private VideoSettings settings;
    private VideoEncoder encoder;
    private int width;
    private int height;
    private Colour colour;
    private Format format;
    private int sinceKey;
    private long lastUs = Long.MIN_VALUE;
    private long lastKeyUs;
    private boolean closed;
    private volatile boolean keyWanted;

    VideoTrackEncoder(VideoEncoder.Kind kind, VideoSettings settings, Format expected) {
        this.kind = kind;
        this.settings = settings;
        this.pace = new FrameRateGauge(settings.framesPerSecond());
        this.format = expected;
    }

    /** One of the next pictures becomes a key frame. */
    void requestKeyFrame() {
        keyWanted = true;
    }

    synchronized void bitrate(int bitsPerSecond) throws IOException {
        settings = settings.withBitrate(bitsPerSecond);
        if (encoder != null) {
            encoder.bitrate(bitsPerSecond);
        }
    }

    /**
     * The picture as a frame; empty when it is no later than the one before, or nothing more is encoded.
     *
     * @param key whether it has to be a key frame
     */
    synchronized Optional<Frame> encode(Picture picture, boolean key) throws IOException {
        long timeUs = picture.timeUs();
        if (closed || timeUs <= lastUs) {
            return Optional.empty();
        }
        if (pace.takes(timeUs)) {
            closeEncoder();
        }
        boolean isKey = fit(picture) || key || isKeyDue(timeUs);
        Slice[] units = StartCodes.split(encoder.encode(picture, isKey));
        lastUs = timeUs;
        sinceKey++;
        if (isKey) {
            keyWanted = false;
            sinceKey = 1;
            lastKeyUs = timeUs;
        }
        format = InBandFormat.of(units, format, 0);
        return Optional.of(new Frame(format, timeUs, timeUs, isKey, units));
    }

    private boolean isKeyDue(long timeUs) {
        return settings.keyInterval() > 0 && sinceKey >= settings.keyInterval()
                || keyWanted && timeUs - lastKeyUs >= KEY_DISTANCE_US;
    }

    /** @return whether the encoder is a new one */
    private boolean fit(Picture picture) throws IOException {
        Colour meant = picture.colour();
        if (encoder != null && picture.width() == width && picture.height() == height && meant.equals(colour)) {
            return false;
        }
        closeEncoder();
        encoder = kind.open(
                EncoderSettings.bitrate(picture.width(), picture.height(), pace.framesPerSecond(), settings.bitrate())
                        .withColour(meant)
                        .withUnitBytes(settings.unitBytes()));
        width = picture.width();
        height = picture.height();
        colour = meant;
        return true;
    }

    private void closeEncoder() {
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
    }

    /** Gives the encoder back until another picture comes. */
    synchronized void rest() {
        closeEncoder();
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeEncoder();
    }
}
