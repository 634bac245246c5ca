package org.reelcast.live.encode;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.codec.ffmpeg.Ffmpeg;
import org.reelcast.codec.opus.Libopus;
import org.reelcast.media.AacFormat;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.rendition.aac.OpusToAac;
import org.reelcast.stream.FrameQueue;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamTrack;

/**
 * The Opus sound of a stream as AAC, made once for all outputs that take nothing else, while there are any. Works
 * off the stream's loop.
 */
public final class AacAudio implements FrameQueue.Worker {
    private static final Logger LOG = Logger.getLogger(AacAudio.class.getName());
    private static final int CHANNELS = 2;
    /** AAC-LC, 48 kHz, stereo: an AudioSpecificConfig (ISO/IEC 14496-3 section 1.6.2.1). */
    public static final AacFormat FORMAT = new AacFormat(
            new DecoderConfig(new byte[] {0x11, (byte) 0x90}),
            OpusToAac.RATE,
            CHANNELS,
            OpusToAac.RATE,
            Format.UNDETERMINED);
    /** Who takes it has seconds in hand, and tasks are dear. */
    private static final FrameQueue.Limits LIMITS = new FrameQueue.Limits(1 << 20, 1000, 60_000);
    /** What is missing for longer is not filled with silence: those who take the sound know what they need. */
    private static final long GAP_US = 1_000_000;

    private final Stream stream;
    private final StreamTrack aac;
    private final int bitrate;
    private final FrameQueue queue;
    /** Null before the first packet and after a gap; of the tasks, which run one after the other. */
    private OpusToAac maker;

    private long lastUs;

    /**
     * By what it is made.
     *
     * @param executor runs the tasks
     * @param bitrate  of stereo, bits a second
     */
    public record Means(Executor executor, int bitrate) {}

    /** @param opus what there is @param aac what is made of it */
    public AacAudio(Stream stream, StreamTrack opus, StreamTrack aac, Means means) {
        this.stream = stream;
        this.aac = aac;
        this.bitrate = means.bitrate();
        this.queue = new FrameQueue(stream, LIMITS, FrameQueue.WhenLate.SKIP_TO_KEY_FRAME, means.executor(), this);
        queue.start(List.of(opus));
    }

    /** Why there is none on this machine; empty when there is. */
    public static Optional<String> problem() {
        return Ffmpeg.problem().or(Libopus::problem);
    }

    /** Nobody takes it any more. */
    public void stop() {
        queue.stop();
    }

    @Override
    public boolean take(Frame frame, long inStepUs) {
        long timeUs = frame.presentationTimeUs();
        try {
            if (maker != null && Math.abs(timeUs - lastUs) > GAP_US) {
                finish();
            }
            if (maker == null) {
                maker = new OpusToAac(CHANNELS, bitrate, this::publish);
            }
            lastUs = timeUs;
            maker.take(frame.slice(0), Math.round(timeUs * 0.048));
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, stream.name() + " goes on without AAC: " + e.getMessage(), e);
            return false;
        }
    }

    private void publish(long at, byte[] coded) {
        long timeUs = Math.round((at - maker.priming()) / 0.048);
        Frame frame = new Frame(FORMAT, timeUs, timeUs, true, Slice.of(coded));
        stream.loop().execute(() -> stream.publish(aac, frame));
    }

    private void finish() throws IOException {
        try {
            maker.finish();
        } finally {
            maker.close();
            maker = null;
        }
    }

    @Override
    public void end(FrameQueue.End why) {
        try {
            if (maker != null) {
                finish();
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "The last of a stream's AAC is missing", e);
        }
    }
}
