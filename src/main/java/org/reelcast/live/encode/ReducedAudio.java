package org.reelcast.live.encode;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.codec.opus.Libopus;
import org.reelcast.codec.opus.OpusDecoder;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.OpusFormat;
import org.reelcast.media.Slice;
import org.reelcast.stream.FrameQueue;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamTrack;

/**
 * The Opus sound of a stream at a lower bitrate or in mono, made once for all who limit it alike, while there are any.
 * Works off the stream's loop.
 */
public final class ReducedAudio implements FrameQueue.Worker {
    private static final Logger LOG = Logger.getLogger(ReducedAudio.class.getName());
    /** Who takes it plays in real time: each packet is taken at once. */
    private static final FrameQueue.Limits LIMITS = new FrameQueue.Limits(1 << 18, 100, 0);
    /** The packets' times count where they differ from the samples before by more: jitter of sources is less. */
    private static final long TOLERANCE = 48 * 12;
    /** Few, so that those who ask for nearly the same share. */
    private static final int[] KBITS = {6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 510};
    /** Each takes about a two-hundredth of a core. */
    private static final int MOST = 32 * Runtime.getRuntime().availableProcessors();

    private final Stream stream;
    private final Means means;
    private final Output output;
    private final int channels;
    private final AudioTrackEncoder line;
    private final FrameQueue queue;
    /** Made with the first packet; of the tasks, which run one after the other, as what follows. */
    private OpusDecoder decoder;

    private float[] samples;
    /** Of the next sample. */
    private long position;

    /** Takes what is made; called by a task. */
    public interface Output {

        void packet(Frame frame);

        /** Nothing more comes, though the stream goes on; last call. */
        void failed();
    }

    /** What is made: channels, and bits a second. */
    public record Limit(int channels, int bitrate) {}

    /** By what it is made, and how much of it at a time. */
    public static final class Means {
        private final Executor executor;
        private final int bitrate;
        private final int complexity;
        private final AtomicInteger running = new AtomicInteger();

        /**
         * @param executor   runs the tasks
         * @param bitrate    of stereo that nobody limits, bits a second; mono takes half
         * @param complexity 0 (fast) to 10
         */
        public Means(Executor executor, int bitrate, int complexity) {
            this.executor = executor;
            this.bitrate = bitrate;
            this.complexity = complexity;
        }

        /**
         * What is to be made of sound for who limits it; empty when it is within the limits as it is.
         *
         * @param maxBitrate bits a second; 0 = any
         * @param mono       whether stereo is not wanted
         */
        public Optional<Limit> limit(Format sound, int maxBitrate, boolean mono) {
            int known = sound instanceof OpusFormat opus ? opus.bitrate() : 0;
            boolean lower = maxBitrate > 0 && (known == 0 || maxBitrate < known);
            boolean fewer = mono && sound.channels() > 1;
            if (!lower && !fewer || Libopus.problem().isPresent()) {
                return Optional.empty();
            }
            int channels = mono ? 1 : sound.channels();
            int usual = channels == 1 ? bitrate / 2 : bitrate;
            return Optional.of(new Limit(channels, step(maxBitrate == 0 ? usual : Math.min(usual, maxBitrate))));
        }

        private static int step(int bitrate) {
            int step = KBITS[0];
            for (int kbit : KBITS) {
                step = kbit * 1000 <= bitrate ? kbit : step;
            }
            return step * 1000;
        }

        /** Starts to make it of {@code opus}, on the stream's loop; empty when as much is made as this machine shall. */
        public Optional<ReducedAudio> start(Stream stream, StreamTrack opus, Limit limit, Output output) {
            if (running.incrementAndGet() > MOST) {
                running.decrementAndGet();
                return Optional.empty();
            }
            ReducedAudio sound = new ReducedAudio(stream, limit, this, output);
            sound.queue.start(List.of(opus));
            return Optional.of(sound);
        }

        /** How many are made now. */
        public int running() {
            return running.get();
        }
    }

    private ReducedAudio(Stream stream, Limit limit, Means means, Output output) {
        this.stream = stream;
        this.means = means;
        this.output = output;
        this.channels = limit.channels();
        this.line = new AudioTrackEncoder(
                Format.audio(Codec.OPUS, channels), limit.bitrate(), means.complexity, output::packet);
        this.queue = new FrameQueue(stream, LIMITS, FrameQueue.WhenLate.SKIP_TO_KEY_FRAME, means.executor, this);
    }

    /** Nobody takes it any more. */
    public void stop() {
        queue.stop();
    }

    @Override
    public boolean take(Frame frame, long inStepUs) {
        try {
            long at = Math.floorDiv(frame.presentationTimeUs() * 48, 1000);
            if (decoder == null) {
                decoder = OpusDecoder.open(channels);
                samples = new float[OpusDecoder.MAX_SAMPLES * channels];
                position = at;
            }
            Slice coded = frame.slice(0);
            int count = decoder.decode(coded.array(), coded.offset(), coded.length(), samples);
            if (count > 0) {
                position = Math.abs(at - position) > TOLERANCE ? at : position;
                line.take(samples, count, position);
                position += count;
            }
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, stream.name() + " goes out with its own sound to all: " + e.getMessage(), e);
            return false;
        }
    }

    @Override
    public void end(FrameQueue.End why) {
        means.running.decrementAndGet();
        line.close();
        if (decoder != null) {
            decoder.close();
        }
        if (why == FrameQueue.End.WORKER) {
            output.failed();
        }
    }
}
