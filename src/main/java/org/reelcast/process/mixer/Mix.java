package org.reelcast.process.mixer;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.codec.ffmpeg.FfmpegException;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.live.decode.AudioConsumer;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.MediaLoop;
import org.reelcast.process.mixer.picture.Compositor;
import org.reelcast.process.mixer.picture.Input;
import org.reelcast.process.mixer.sound.Limiter;

/**
 * A mixer at work: at the clock's beat it makes a picture and a packet of sound of what its inputs had a little while
 * ago, so that what comes late from one of them is still there in time, and none is ever waited for.
 */
@AnyThread
final class Mix {
    private static final Logger LOG = Logger.getLogger(Mix.class.getName());
    private static final int PACKETS_A_SECOND = 50;
    private static final int PACKET = AudioConsumer.RATE / PACKETS_A_SECOND;
    /** So much ahead of the picture of its time is sound handed out, as films and published streams do. */
    private static final long SOUND_LEAD_US = 50_000;
    /** Sound that was not mixed for longer is left out. */
    private static final long MOST_BEHIND = AudioConsumer.RATE / 2;
    /** So long the first picture waits for the inputs' first ones. */
    private static final long PATIENCE_US = 800_000;

    private final List<MixerInput> inputs = new CopyOnWriteArrayList<>();
    private final List<MixerInput> leaving = new CopyOnWriteArrayList<>();
    private final Output output;
    private final Ticker pictures;
    private final Ticker sounds;
    private final float[] sum = new float[PACKET * AudioConsumer.CHANNELS];
    private final Limiter limiter = new Limiter();
    private volatile MixerParameters parameters;
    private volatile boolean showing;
    private volatile boolean sounding;
    private boolean rested = true;
    /** When somebody first took the picture after nobody had; of the task that composes. */
    private long shownSinceUs = Long.MAX_VALUE;
    /** Made with the first picture; of the task that composes. */
    private Compositor compositor;

    private MixerParameters composedWith;
    /** The log says only once why. */
    private boolean failing;
    /** The next sample; of the task that mixes. */
    private long next = Long.MIN_VALUE;

    private boolean soundFailing;

    Mix(MixerParameters parameters, MediaLoop loop, MixerContext means, Output output) {
        this.parameters = parameters;
        this.output = output;
        this.pictures = new Ticker(loop, means.composing(), parameters.fps(), this::compose);
        this.sounds = new Ticker(loop, means.mixing(), PACKETS_A_SECOND, this::mix);
    }

    void start() {
        if (parameters.hasVideo()) {
            pictures.start();
        }
        if (parameters.hasAudio()) {
            sounds.start();
        }
    }

    List<MixerInput> inputs() {
        return inputs;
    }

    void add(MixerInput input) {
        inputs.add(input);
    }

    /** @return whether it was there */
    boolean remove(MixerInput input) {
        boolean found = inputs.remove(input);
        if (found) {
            if (parameters.hasVideo()) {
                leaving.add(input);
            }
            input.close();
        }
        return found;
    }

    MixerParameters parameters() {
        return parameters;
    }

    /** Layout, background and labels may change; what the encoder was made for stays. */
    void parameters(MixerParameters others) {
        parameters = others;
    }

    /** Whether somebody takes the picture. */
    void show(boolean taken) {
        showing = taken;
    }

    /** Whether somebody takes the sound. */
    void sound(boolean taken) {
        sounding = taken;
    }

    /** Pictures that there was no time for. */
    long leftOut() {
        return pictures.leftOut();
    }

    private void compose(long dueUs) {
        MixerParameters now = parameters;
        List<Input> views = inputs.stream()
                .map(input -> input.view(dueUs - now.bufferingUs(), now.showsNames()))
                .toList();
        try {
            if (showing && isReady(dueUs)) {
                rested = false;
                Picture picture = compositor(now, views).compose(views);
                picture.timeUs(dueUs);
                output.show(picture);
            } else if (!showing) {
                shownSinceUs = Long.MAX_VALUE;
                if (!rested) {
                    rested = true;
                    output.rest();
                }
            }
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                LOG.log(Level.WARNING, "A mixer has no picture now: " + e.getMessage(), e);
            }
        }
        leaving.removeIf(input -> {
            input.forget();
            return true;
        });
    }

    /** The first picture has those of all inputs, unless one of them has none in good time. */
    private boolean isReady(long dueUs) {
        shownSinceUs = Math.min(shownSinceUs, dueUs);
        return !rested || dueUs - shownSinceUs >= PATIENCE_US || inputs.stream().noneMatch(MixerInput::isAwaited);
    }

    private Compositor compositor(MixerParameters now, List<Input> views) throws FfmpegException {
        boolean desktop = views.stream().anyMatch(Input::desktop);
        if (compositor == null) {
            compositor = new Compositor(
                    now.width(), now.height(), now.background(), now.layout().layout(desktop), now.style());
            compositor.background(now.background(), now.backgroundImage());
        } else if (now != composedWith
                && (now.background() != composedWith.background()
                        || now.backgroundImage() != composedWith.backgroundImage())) {
            compositor.background(now.background(), now.backgroundImage());
        }
        composedWith = now;
        compositor.watermark(now.watermark());
        compositor.layout(now.layout().layout(desktop));
        return compositor;
    }

    private void mix(long dueUs) {
        long until = AudioConsumer.sampleAt(dueUs + SOUND_LEAD_US);
        if (next == Long.MIN_VALUE || until - next > MOST_BEHIND) {
            next = until - PACKET;
        }
        long delay = parameters.bufferingUs() * AudioConsumer.RATE / 1_000_000;
        while (until - next >= PACKET) {
            if (sounding) {
                play(next, next - delay);
            }
            next += PACKET;
        }
    }

    /** @param from which sample of the inputs is the first of that packet */
    private void play(long at, long from) {
        Arrays.fill(sum, 0);
        for (MixerInput input : inputs) {
            input.addTo(sum, PACKET, from);
        }
        limiter.limit(sum, PACKET);
        try {
            output.play(sum, PACKET, at);
            soundFailing = false;
        } catch (IOException e) {
            if (!soundFailing) {
                soundFailing = true;
                LOG.log(Level.WARNING, "A mixer has no sound now: " + e.getMessage(), e);
            }
        }
    }

    /** All ends; what is native is given back when no task needs it any more. */
    void stop() {
        inputs.forEach(this::remove);
        sounds.stop(() -> {});
        pictures.stop(() -> {
            leaving.forEach(MixerInput::forget);
            leaving.clear();
            if (compositor != null) {
                compositor.close();
            }
        });
    }
}
