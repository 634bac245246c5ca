package org.reelcast.output.push;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.reelcast.bitstream.CodecConfigException;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.bitstream.aac.SilentUnit;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.bitstream.h264.NalType;
import org.reelcast.codec.ffmpeg.RtmpPublisher;
import org.reelcast.media.AacFormat;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;
import org.reelcast.media.Slice;
import org.reelcast.rendition.h264.InBandSets;

/**
 * A stream's frames on one connection: it begins with a key frame, from which times count, and with the sound of that
 * moment. A film's own samples stay what they are to the last bit. For one thread at a time.
 */
final class FlvTimeline implements AutoCloseable {
    private static final int LONGEST_LENGTH = 4;

    private final RtmpPublisher publisher;
    private final boolean hasPicture;
    private final Optional<AacFormat> sound;
    private final PushCounters counters;
    private final InBandSets sets = new InBandSets();
    private boolean begun;
    private boolean waitsForKey;
    private long startUs;
    private long lastPictureMs;
    private long lastSoundMs;
    private Format pictureFormat;
    private byte[] pictureConfiguration = new byte[0];
    private int lengthBytes = LONGEST_LENGTH;
    private AacFormat soundFormat;

    /** @param sound what the stream's sound is now; empty for none */
    FlvTimeline(RtmpPublisher publisher, boolean hasPicture, Optional<AacFormat> sound, PushCounters counters) {
        this.publisher = publisher;
        this.hasPicture = hasPicture;
        this.sound = sound;
        this.counters = counters;
        this.soundFormat = sound.orElse(null);
    }

    /** The next picture to be sent is a key frame: those before it were left out. */
    void skipToKeyFrame() {
        waitsForKey = hasPicture;
    }

    /** Sends the frame, unless it is one of those with which nobody can begin. */
    void take(Frame frame, boolean muted) throws IOException {
        boolean begins = !begun && (!hasPicture || frame.isVideo() && frame.isKey());
        waitsForKey &= !(frame.isVideo() && frame.isKey());
        if (!begun && !begins) {
            return;
        }
        if (waitsForKey && frame.isVideo()) {
            counters.dropped.incrementAndGet();
            return;
        }
        byte[] configuration = frame.isVideo() ? newConfiguration(frame) : null;
        if (begins) {
            begin(frame);
            configuration = null;
        }
        long timeMs = (frame.decodeTimeUs() - startUs) / 1000;
        if (timeMs < 0) {
            counters.dropped.incrementAndGet();
        } else if (frame.isVideo()) {
            picture(frame, configuration, timeMs);
        } else {
            sound(frame, timeMs, muted);
        }
    }

    private void begin(Frame frame) throws IOException {
        if (hasPicture && pictureConfiguration.length == 0) {
            throw new IOException("The stream's key frames have no parameter sets");
        }
        Optional<H264Format> picture = hasPicture
                ? Optional.of(((H264Format) frame.format()).withConfig(new DecoderConfig(pictureConfiguration), false))
                : Optional.empty();
        publisher.begin(picture, sound);
        begun = true;
        startUs = frame.decodeTimeUs();
    }

    /** The decoder configuration that holds from this picture on; null when it is the one before. */
    private byte[] newConfiguration(Frame frame) throws IOException {
        byte[] now = null;
        if (frame.format().config().isEmpty()) {
            now = frame.isKey()
                    ? sets.describe(frame)
                            .map(format -> format.config().bytes())
                            .orElse(null)
                    : null;
        } else if (frame.format() != pictureFormat) {
            now = frame.format().config().bytes();
        }
        pictureFormat = frame.format();
        if (now == null || Arrays.equals(now, pictureConfiguration)) {
            return null;
        }
        pictureConfiguration = now;
        try {
            lengthBytes = AvcConfig.parse(now).nalLengthSize();
        } catch (CodecConfigException e) {
            throw new IOException("The stream's decoder configuration " + e.getMessage(), e);
        }
        return now;
    }

    private void picture(Frame frame, byte[] configuration, long timeMs) throws IOException {
        lastPictureMs = Math.max(lastPictureMs, timeMs);
        long shownMs = Math.max(lastPictureMs, (frame.presentationTimeUs() - startUs) / 1000);
        Slice sample = sample(frame);
        publisher.picture(configuration, sample, frame.isKey(), lastPictureMs, shownMs);
        counters.sent(sample.length());
    }

    private Slice sample(Frame frame) {
        boolean asInFile = !frame.format().config().isEmpty();
        byte[] sample = new byte[frame.size() + frame.slices() * lengthBytes];
        int at = 0;
        for (int i = 0; i < frame.slices(); i++) {
            Slice unit = frame.slice(i);
            if (!asInFile && NalType.of(unit.array()[unit.offset()]) == NalType.FILLER) {
                continue;
            }
            for (int b = 0; b < lengthBytes; b++) {
                sample[at++] = (byte) (unit.length() >>> (lengthBytes - 1 - b) * 8);
            }
            System.arraycopy(unit.array(), unit.offset(), sample, at, unit.length());
            at += unit.length();
        }
        return new Slice(sample, 0, at);
    }

    private void sound(Frame frame, long timeMs, boolean muted) throws IOException {
        AacFormat format = (AacFormat) frame.format();
        byte[] configuration = null;
        if (format != soundFormat && !format.config().equals(soundFormat.config())) {
            configuration = format.config().bytes();
        }
        soundFormat = format;
        lastSoundMs = Math.max(lastSoundMs, timeMs);
        AudioSpecificConfig config = AudioSpecificConfig.parse(format.config().bytes());
        if (muted && !config.isPlain()) {
            // silence cannot be written in what this is coded as
            return;
        }
        Slice unit = muted ? Slice.of(SilentUnit.of(config.channels())) : frame.slice(0);
        publisher.sound(configuration, unit, lastSoundMs);
        counters.sent(unit.length());
    }

    @Override
    public void close() {
        publisher.close();
    }
}
