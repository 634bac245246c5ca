package org.reelcast.process.mixer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.codec.encoders.CodecCapacity;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.live.encode.EncodedStream;
import org.reelcast.live.encode.Producer;
import org.reelcast.live.encode.VideoSettings;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.OnLoop;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamTrack;

/**
 * A mixer: the stream that it makes, and the streams in it. While nobody takes the picture, or the sound, its inputs'
 * pictures, or sounds, are not decoded.
 */
@AnyThread
final class Mixer implements Producer {
    static final int MOST_INPUTS = 16;
    private static final Logger LOG = Logger.getLogger(Mixer.class.getName());
    private static final int KEY_INTERVAL_S = 2;
    private static final int BITS = 1000;

    private final String uri;
    private final MixerContext means;
    private final Listener listener;
    private final MediaLoop loop;
    private final CodecCapacity.Charge charge;
    private final EncodedStream encoded;
    private final Mix mix;
    /** On the loop. */
    private int pictureTakers;

    private int soundTakers;
    private volatile boolean pictureTaken;
    private volatile boolean soundTaken;
    private volatile boolean ended;
    private volatile long emptySinceUs;

    /** Hears what becomes of it. */
    interface Listener {

        /** Another stream is in it, or one has left. */
        @AnyThread
        void onInputs(Mixer mixer);

        /** It is over. */
        @OnLoop
        void onEnd(Mixer mixer);
    }

    /**
     * What one is to be.
     *
     * @param mediaSessionId of the stream that it makes
     * @param name           of the same
     * @param client         IP address of whoever has it started; empty for who calls REST
     */
    record Plan(String uri, String mediaSessionId, String name, MixerParameters parameters, String client) {}

    /** @throws Refusal when the machine has no time for it */
    Mixer(Plan plan, MixerContext means, Listener listener) throws Refusal {
        MixerParameters parameters = plan.parameters();
        this.uri = plan.uri();
        this.means = means;
        this.listener = listener;
        this.loop = means.loops().get();
        this.charge = CodecCapacity.ofProcess()
                .charge(
                        plan.client(),
                        0,
                        parameters.hasVideo()
                                ? (double) EncoderSettings.macroblocks(parameters.width(), parameters.height())
                                        * parameters.fps()
                                : 0);
        this.encoded = new EncodedStream(
                plan.mediaSessionId(),
                new EncodedStream.Plan(
                        plan.name(),
                        loop,
                        true,
                        parameters.hasVideo()
                                ? Optional.of(new VideoSettings(
                                        parameters.fps(),
                                        parameters.bitrateKbps() * BITS,
                                        parameters.fps() * KEY_INTERVAL_S,
                                        true))
                                : Optional.empty(),
                        parameters.width(),
                        parameters.height(),
                        parameters.hasAudio(),
                        List.of()),
                this,
                means.encoding());
        this.mix = new Mix(parameters, loop, means, new Output() {
            @Override
            public void show(Picture picture) throws IOException {
                encoded.show(picture, false);
            }

            @Override
            public void play(float[] samples, int count, long at) throws IOException {
                encoded.play(samples, count, at);
            }

            @Override
            public void rest() {
                encoded.rest();
            }
        });
        this.emptySinceUs = loop.nowUs();
    }

    /** From now on it can be found. @throws Refusal when another stream has its name */
    void open() throws Refusal {
        encoded.open();
        mix.start();
    }

    static Refusal notFound(String uri) {
        return new Refusal(StatusText.MIXER_NOT_FOUND, "There is no mixer '" + uri + "'");
    }

    String uri() {
        return uri;
    }

    Stream stream() {
        return encoded.stream();
    }

    MixerParameters parameters() {
        return mix.parameters();
    }

    /** Pictures that were encoded, and such that there was no time for. */
    String summary() {
        return encoded.counters().pictures() + " pictures were mixed, " + mix.leftOut() + " left out";
    }

    /**
     * Changes what can be changed under way.
     *
     * @throws Refusal when it is something else
     */
    void parameters(MixerParameters others) throws Refusal {
        MixerParameters before = mix.parameters();
        if (others.width() != before.width()
                || others.height() != before.height()
                || others.fps() != before.fps()
                || others.hasVideo() != before.hasVideo()
                || others.hasAudio() != before.hasAudio()
                || !others.style().equals(before.style())) {
            throw MixerParameters.wrong(
                    "Size, pictures a second, fonts, and whether there is picture and sound stay as "
                            + "the mixer was started; start another one");
        }
        if (others.bitrateKbps() != before.bitrateKbps()) {
            try {
                encoded.bitrate(others.bitrateKbps() * BITS);
            } catch (IOException e) {
                throw new Refusal(StatusText.FAILED_BY_ERROR, e.getMessage(), e);
            }
        }
        mix.parameters(others);
    }

    /**
     * Puts a stream in.
     *
     * @param name as it was given
     * @param hold given back when the stream leaves; also when it is refused
     * @throws Refusal when it is in already, there are too many, or it is itself made of this mix
     */
    synchronized void add(String name, Hold hold, MixerInput.Wish wish) throws Refusal {
        MixerInput input = new MixerInput(name, hold, means.decoders(), wish, mix.parameters(), this::left);
        try {
            input.charge();
            if (ended) {
                throw notFound(uri);
            }
            if (mix.inputs().stream().anyMatch(other -> other.stream() == hold.stream())) {
                throw new Refusal(StatusText.STREAM_ALREADY_IN_MIXER, "'" + name + "' is in '" + uri + "' already");
            }
            if (mix.inputs().size() >= MOST_INPUTS) {
                throw new Refusal(
                        StatusText.MIXER_IS_FULL,
                        "'" + uri + "' has " + MOST_INPUTS + " streams, which are the most; take one out first");
            }
            means.streams().addInput(stream(), hold.stream(), () -> mix.add(input));
        } catch (Refusal e) {
            input.close();
            throw e;
        }
        input.watch();
        hold.start();
        decode(input);
        listener.onInputs(this);
    }

    /** @return whether there was such a stream in it */
    synchronized boolean remove(String name) {
        Optional<MixerInput> input = input(name);
        input.ifPresent(this::left);
        return input.isPresent();
    }

    /** The stream that was put in by that name or URI, or has that name. */
    Optional<MixerInput> input(String name) {
        return mix.inputs().stream()
                .filter(input ->
                        input.name().equals(name) || input.stream().name().equals(name))
                .findFirst();
    }

    List<MixerInput> all() {
        return mix.inputs();
    }

    private void left(MixerInput input) {
        if (mix.remove(input)) {
            LOG.info(() -> "'" + input.name() + "' has left the mixer '" + uri + "': " + input.summary());
            emptySinceUs = loop.nowUs();
            listener.onInputs(this);
        }
    }

    /** For how long nothing has been in it; 0 when something is. */
    long emptyUs() {
        return mix.inputs().isEmpty() ? loop.nowUs() - emptySinceUs : 0;
    }

    void end(StatusText why) {
        encoded.end(why);
    }

    @Override
    public List<Stream> inputs() {
        return mix.inputs().stream().map(MixerInput::stream).toList();
    }

    @Override
    public void onTaken(StreamTrack track, boolean taken) {
        if (track.isVideo()) {
            pictureTakers += taken ? 1 : -1;
        } else {
            soundTakers += taken ? 1 : -1;
        }
        pictureTaken = pictureTakers > 0;
        soundTaken = soundTakers > 0;
        mix.show(pictureTaken);
        mix.sound(soundTaken);
        try {
            means.mixing().execute(() -> mix.inputs().forEach(this::decode));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.WARNING, "The streams in " + uri + " are not decoded now", e);
        }
    }

    private void decode(MixerInput input) {
        try {
            input.decode(pictureTaken, soundTaken);
        } catch (Refusal e) {
            left(input);
        }
    }

    @OnLoop
    @Override
    public void onEnd(StreamEnd how) {
        ended = true;
        mix.stop();
        listener.onEnd(this);
        discard();
    }

    /** What was never opened gives back what it has. */
    void discard() {
        charge.close();
    }
}
