package org.reelcast.live.decode;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.reelcast.codec.opus.OpusDecoder;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.stream.FrameQueue;
import org.reelcast.stream.Hold;

/**
 * A stream's sound being decoded. The frames' times say where sound goes; between neighbours they are only held against
 * the count of samples, so that jitter does not tear the sound apart.
 */
final class AudioDecoding extends Decoding<AudioConsumer> {
    /** Some packets are decoded together: tasks are dearer than packets. */
    private static final FrameQueue.Limits LIMITS = new FrameQueue.Limits(1 << 20, 500, 30_000);

    private static final long TOLERANCE = AudioConsumer.RATE * 12 / 1000;

    /** Made when the first frame of its kind comes; of the tasks, which run one after the other, as all that follows. */
    private OpusDecoder opus;

    private float[] packet;
    private AacSamples aac;
    private AacFormat aacFormat;
    /** Where the next sample belongs; unknown at first and when the kind of sound changes. */
    private long next = Long.MIN_VALUE;

    private volatile long lost;

    AudioDecoding(Hold hold, Executor executor, Consumer<Decoding<AudioConsumer>> onEnd) {
        super(hold, LIMITS, executor, onEnd);
    }

    @Override
    void decode(Frame frame) throws IOException {
        if (frame.format() instanceof AacFormat format) {
            decodeAac(frame, format);
        } else {
            decodeOpus(frame);
        }
    }

    private void decodeOpus(Frame frame) throws IOException {
        if (opus == null) {
            release();
            opus = OpusDecoder.open(AudioConsumer.CHANNELS);
            packet = new float[OpusDecoder.MAX_SAMPLES * AudioConsumer.CHANNELS];
        }
        Slice coded = frame.slice(0);
        place(frame, 0);
        handOut(packet, opus.decode(coded.array(), coded.offset(), coded.length(), packet));
    }

    private void decodeAac(Frame frame, AacFormat format) throws IOException {
        if (aac == null || !format.config().equals(aacFormat.config())) {
            release();
            aac = AacSamples.open(format.config().bytes());
            aacFormat = format;
        }
        place(frame, aac.heldBack());
        int count = aac.decode(frame.slice(0));
        handOut(aac.samples(), count);
    }

    /** @param heldBack samples that belong before those of the frame and come first */
    private void place(Frame frame, int heldBack) {
        long at = AudioConsumer.sampleAt(frame.presentationTimeUs()) - heldBack;
        if (next == Long.MIN_VALUE || Math.abs(at - next) > TOLERANCE) {
            next = at;
        }
    }

    private void handOut(float[] samples, int count) {
        if (count < 0) {
            lost++;
            return;
        }
        long at = next;
        next += count;
        if (count > 0) {
            each(taker -> taker.onSound(samples, count, at));
        }
    }

    /** The resampler's last samples, under 1 ms, are given up. */
    @Override
    void finish() {}

    @Override
    long lost() {
        return lost;
    }

    @Override
    void release() {
        next = Long.MIN_VALUE;
        if (opus != null) {
            opus.close();
            opus = null;
        }
        if (aac != null) {
            aac.close();
            aac = null;
        }
    }
}
