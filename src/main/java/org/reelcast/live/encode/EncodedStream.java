package org.reelcast.live.encode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.loop.MediaLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.SourceTraits;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamSource;
import org.reelcast.stream.StreamTrack;

/**
 * A stream of the hub that is encoded here: raw pictures in, H.264 without reordering out; samples in, Opus out, and AAC
 * as long as somebody takes that. Sound that is encoded already passes through ({@link #publish}). Any thread but where
 * said otherwise.
 */
public final class EncodedStream implements StreamSource {
    private static final Logger LOG = Logger.getLogger(EncodedStream.class.getName());
    /** High and Constrained Baseline profile, level 3.1; the first key frame says what it really is. */
    private static final int LIKELY_PROFILE = 0x64001F;

    private static final int BASELINE = 0x42E01F;

    private final Plan plan;
    private final Producer producer;
    private final EncoderContext means;
    private final Stream stream;
    /** Null without a picture. */
    private final StreamTrack video;

    private final VideoTrackEncoder pictures;
    /** Null without sound, or when it is not encoded here. */
    private final StreamTrack opus;

    private final StreamTrack aac;
    private final AudioTrackEncoder sound;
    /** Null while nobody takes AAC; on the loop. */
    private AacAudio aacSound;

    private boolean ended;
    private final AtomicLong encoded = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /**
     * What is to be encoded.
     *
     * @param name         what it is played by
     * @param loop         on which it lives
     * @param live         see {@link SourceTraits#live}
     * @param picture      how pictures are encoded; empty when there are none
     * @param width        of pictures, as far as it is known; 0 otherwise, as the height
     * @param encodesSound whether samples come
     * @param passed       tracks of sound that pass through
     */
    public record Plan(
            String name,
            MediaLoop loop,
            boolean live,
            Optional<VideoSettings> picture,
            int width,
            int height,
            boolean encodesSound,
            List<Stream.Offer> passed) {}

    /** How much was encoded so far. */
    public record Counters(long pictures, long bytes) {}

    /** A stream that nobody finds until it is {@link #open}ed. */
    public EncodedStream(Plan plan, Producer producer, EncoderContext means) {
        this(Stream.newMediaSessionId(), plan, producer, means);
    }

    /** The same of a media session that goes on from another node. */
    public EncodedStream(String mediaSessionId, Plan plan, Producer producer, EncoderContext means) {
        this.plan = plan;
        this.producer = producer;
        this.means = means;
        boolean baseline =
                plan.picture().filter(settings -> settings.unitBytes() > 0).isPresent();
        Format expected =
                Format.video(Codec.H264, plan.width(), plan.height(), 0, baseline ? BASELINE : LIKELY_PROFILE);
        stream = new Stream(
                mediaSessionId,
                plan.name(),
                plan.loop(),
                new SourceTraits(
                        plan.live(),
                        plan.picture().map(VideoSettings::keysOnRequest).orElse(true),
                        false),
                offers(plan, expected),
                this);
        video = stream.tracks().stream()
                .filter(StreamTrack::isVideo)
                .findFirst()
                .orElse(null);
        pictures = plan.picture()
                .map(settings -> new VideoTrackEncoder(means.video(), settings, expected))
                .orElse(null);
        opus = plan.encodesSound() ? track(StreamTrack.Form.REAL_TIME) : null;
        aac = plan.encodesSound() ? track(StreamTrack.Form.AAC) : null;
        sound = opus == null
                ? null
                : new AudioTrackEncoder(
                        means.sound().opusBitrate(), means.sound().opusComplexity(), frame -> publish(opus, frame));
    }

    private static List<Stream.Offer> offers(Plan plan, Format picture) {
        List<Stream.Offer> offers = new ArrayList<>();
        plan.picture().ifPresent(any -> offers.add(new Stream.Offer(StreamTrack.Form.REAL_TIME, picture)));
        if (plan.encodesSound()) {
            offers.add(new Stream.Offer(StreamTrack.Form.REAL_TIME, AudioTrackEncoder.FORMAT));
            if (AacAudio.problem().isEmpty()) {
                offers.add(new Stream.Offer(StreamTrack.Form.AAC, AacAudio.FORMAT));
            }
        }
        offers.addAll(plan.passed());
        return offers;
    }

    private StreamTrack track(StreamTrack.Form form) {
        return stream.tracks().stream()
                .filter(track -> !track.isVideo() && track.form() == form)
                .findFirst()
                .orElse(null);
    }

    /**
     * From now on it can be found.
     *
     * @throws Refusal when another stream has the name
     */
    public void open() throws Refusal {
        means.streams().add(stream);
    }

    public Stream stream() {
        return stream;
    }

    public Counters counters() {
        return new Counters(encoded.get(), bytes.get());
    }

    /**
     * Encodes a picture on the calling thread and publishes it: its time is that of the media loops' clock. A picture of
     * another size than the one before begins with a key frame; one that is not later is left out.
     *
     * @param key whether it must be a key frame, also when nobody asks for one
     * @throws IOException when it cannot be encoded; the message is a sentence
     */
    public void show(Picture picture, boolean key) throws IOException {
        pictures.encode(picture, key).ifPresent(frame -> {
            encoded.incrementAndGet();
            bytes.addAndGet(frame.size());
            publish(video, frame);
        });
    }

    /**
     * Encodes samples, stereo at 48 kHz, on the calling thread, and publishes what has become whole.
     *
     * @param interleaved from the array's start
     * @param count       samples a channel
     * @param at          the number of the first one: 48 of them are a millisecond of the media loops' clock
     * @throws IOException when they cannot be encoded; the message is a sentence
     */
    public void play(float[] interleaved, int count, long at) throws IOException {
        sound.take(interleaved, count, at);
    }

    /** Publishes a frame as it is. */
    public void publish(StreamTrack track, Frame frame) {
        if (plan.loop().inLoop()) {
            stream.publish(track, frame);
        } else {
            plan.loop().execute(() -> stream.publish(track, frame));
        }
    }

    /** The target from now on, bits a second. */
    public void bitrate(int bitsPerSecond) throws IOException {
        pictures.bitrate(bitsPerSecond);
    }

    /** Nobody takes the picture: the encoder's memory is given back until the next one comes. */
    public void rest() {
        task(pictures::rest);
    }

    @Override
    public List<StreamSource> inputs() {
        return producer.inputs().stream().map(Stream::source).toList();
    }

    @Override
    public void requestKeyFrame() {
        if (pictures != null) {
            pictures.requestKeyFrame();
        }
    }

    @Override
    public void onTaken(StreamTrack track, boolean taken) {
        if (track == aac && aac != null) {
            if (taken) {
                aacSound = new AacAudio(
                        stream,
                        opus,
                        aac,
                        new AacAudio.Means(means.shortTasks(), means.sound().aacBitrate()));
            } else {
                aacSound.stop();
            }
        }
        producer.onTaken(track, taken);
    }

    @Override
    public void onUnheld() {
        producer.onUnheld();
    }

    /** Ends the stream, unless it has ended. */
    @Override
    public void end(StatusText why) {
        end(StreamEnd.stopped(why));
    }

    /** The same, in that way. */
    public void end(StreamEnd how) {
        plan.loop().execute(() -> finish(how));
    }

    private void finish(StreamEnd how) {
        if (ended) {
            return;
        }
        ended = true;
        means.streams().remove(stream);
        producer.onEnd(how);
        stream.end(how);
        task(() -> {
            if (pictures != null) {
                pictures.close();
            }
            if (sound != null) {
                sound.close();
            }
        });
    }

    /** Not on the loop: who encodes just now is waited for. */
    private void task(Runnable task) {
        try {
            means.shortTasks().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.FINE, "No thread gives an encoder back", e);
            task.run();
        }
    }
}
