package org.reelcast.rtp.receive;

import java.util.Arrays;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/** Opus: one payload, one frame (RFC 7587 section 4.2). What is lost leaves a gap in the times. */
final class AudioFrames implements FrameAssembler {
    private static final int STEREO = 0x04;
    private static final Format[] FORMATS = {Format.audio(Codec.OPUS, 1), Format.audio(Codec.OPUS, 2)};

    private final TrackClock clock;
    private final RtpReceiverListener listener;
    private long nowUs;
    private long frames;

    AudioFrames(TrackClock clock, RtpReceiverListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public void at(long now) {
        nowUs = now;
    }

    @Override
    public void packet(byte[] array, int offset, int length, long timestamp, boolean marker, int notes) {
        if (length == 0) {
            return;
        }
        // the s bit of the table of contents byte (RFC 6716 section 3.1)
        Format format = FORMATS[(array[offset] & STEREO) == 0 ? 0 : 1];
        long dueUs = clock.dueUs(timestamp, nowUs);
        frames++;
        listener.onFrame(
                new Frame(format, dueUs, dueUs, true, Slice.of(Arrays.copyOfRange(array, offset, offset + length))));
    }

    @Override
    public void gap() {
        // the times tell
    }

    @Override
    public long frames() {
        return frames;
    }

    @Override
    public long malformed() {
        return 0;
    }

    @Override
    public void reset() {
        clock.reset();
    }
}
