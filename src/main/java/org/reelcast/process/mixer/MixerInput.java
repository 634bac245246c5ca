package org.reelcast.process.mixer;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.codec.encoders.CodecCapacity;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.FfmpegException;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.live.decode.AudioConsumer;
import org.reelcast.live.decode.Decoded;
import org.reelcast.live.decode.Decoders;
import org.reelcast.live.decode.DecodingCounters;
import org.reelcast.live.decode.SourceWatch;
import org.reelcast.live.decode.VideoConsumer;
import org.reelcast.live.images.Watermark;
import org.reelcast.loop.AnyThread;
import org.reelcast.media.Format;
import org.reelcast.media.H264Format;
import org.reelcast.process.mixer.picture.Input;
import org.reelcast.process.mixer.picture.InputPicture;
import org.reelcast.process.mixer.picture.PictureQueue;
import org.reelcast.process.mixer.sound.AudioRing;
import org.reelcast.refusal.Refusal;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Streams;

/**
 * One stream in a mixer: its pictures and samples wait here for their time. Decoded as long as somebody takes the mix.
 */
final class MixerInput implements VideoConsumer, AudioConsumer {
    private static final Logger LOG = Logger.getLogger(MixerInput.class.getName());
    /** A picture stays so long when no further one comes; longer where they come more slowly. */
    private static final long STAYS_US = 1_000_000;

    private static final int STAYS_INTERVALS = 3;
    /** Of cameras, before the first picture. */
    private static final int USUAL_WIDTH = 640;

    private static final int USUAL_HEIGHT = 360;
    private static final int MOST_USUAL_FPS = 30;

    /**
     * What the caller wants of it.
     *
     * @param label  what is written on its picture; empty for what the mixer's settings say
     * @param avatar what stands for its picture when there is none; null for its name
     */
    record Wish(boolean hasVideo, boolean hasAudio, Optional<String> label, Avatar avatar) {}

    private final String name;
    private final Hold hold;
    private final Decoders decoders;
    private final Wish wish;
    private final boolean desktop;
    private final Consumer<MixerInput> onEnd;
    private final PictureQueue shelf;
    private final SourceWatch watch = new SourceWatch(this::onEnd);
    private final AudioRing ring = new AudioRing();
    private volatile Optional<String> label;
    private volatile Avatar avatar;
    private volatile Watermark watermark;
    private volatile float gain = 1;
    private volatile boolean videoMuted;
    /** Null while it is not decoded; guarded by this, as the next ones. */
    private Decoded pictures;

    private Decoded sound;
    /** Null when nothing is decoded that costs much. */
    private CodecCapacity.Charge charge;

    private boolean closed;
    /** Null while there is none; of the task that composes, as the next one. */
    private InputPicture current;

    private long intervalUs;
    /** What it was mixed with last; of the task that mixes sound. */
    private float mixedGain = 1;

    /** @param name the stream's, or its URI, as it was given @param hold given back in the end */
    MixerInput(
            String name,
            Hold hold,
            Decoders decoders,
            Wish wish,
            MixerParameters parameters,
            Consumer<MixerInput> onEnd) {
        this.name = name;
        this.hold = hold;
        this.decoders = decoders;
        this.wish = wish;
        this.label = wish.label();
        this.avatar = wish.avatar();
        this.desktop = parameters.isDesktop(name);
        this.shelf = new PictureQueue(parameters.bufferingUs());
        this.onEnd = onEnd;
    }

    String name() {
        return name;
    }

    Stream stream() {
        return hold.stream();
    }

    boolean isDesktop() {
        return desktop;
    }

    /** Takes the time that decoding it may need. @throws Refusal when the machine has not so much */
    synchronized void charge() throws Refusal {
        Optional<Format> format = stream().video().filter(any -> wish.hasVideo());
        if (format.isPresent()) {
            boolean known = format.get().width() > 0 && format.get().height() > 0;
            charge = CodecCapacity.ofProcess()
                    .charge(
                            hold.holder().client(),
                            MOST_USUAL_FPS
                                    * (double) EncoderSettings.macroblocks(
                                            known ? format.get().width() : USUAL_WIDTH,
                                            known ? format.get().height() : USUAL_HEIGHT),
                            0);
        }
    }

    /** It leaves when its stream ends. */
    void watch() {
        stream().loop().execute(() -> stream().subscribe(watch, stream().tracks()));
    }

    /** From now on it is decoded, or is not. @throws Refusal when its stream has ended */
    synchronized void decode(boolean picture, boolean sounds) throws Refusal {
        if (closed) {
            return;
        }
        boolean wantsPicture = picture && wish.hasVideo();
        if (wantsPicture && pictures == null) {
            pictures = decoders.pictures(stream(), this).orElse(null);
        } else if (!wantsPicture && pictures != null) {
            pictures.close();
            pictures = null;
        }
        boolean wantsSound = sounds && wish.hasAudio();
        if (wantsSound && sound == null) {
            sound = decoders.sound(stream(), this).orElse(null);
        } else if (!wantsSound && sound != null) {
            sound.close();
            sound = null;
        }
    }

    @Override
    public void onPicture(Picture picture, H264Format format) {
        try {
            shelf.put(InputPicture.of(picture.share(), format));
        } catch (FfmpegException e) {
            LOG.log(Level.FINE, "A picture of " + name + " is missing in a mixer", e);
        }
    }

    @Override
    public void onSound(float[] samples, int count, long at) {
        ring.write(samples, count, at);
    }

    @Override
    public void onEnd(StreamEnd end) {
        onEnd.accept(this);
    }

    void label(Optional<String> text) {
        label = text;
    }

    /** @param image null for the name */
    void avatar(Avatar image) {
        avatar = image;
    }

    /** As it is wanted by now. */
    Wish wish() {
        return new Wish(wish.hasVideo(), wish.hasAudio(), label, avatar);
    }

    float gain() {
        return gain;
    }

    boolean isVideoMuted() {
        return videoMuted;
    }

    /** @param level what its samples are multiplied by */
    void gain(float level) {
        gain = level;
    }

    void muteVideo(boolean muted) {
        videoMuted = muted;
    }

    /**
     * What is to be seen of it; of the task that composes.
     *
     * @param timeUs      which time of it
     * @param showsNames  whether its name is its label when it has none
     */
    Input view(long timeUs, boolean showsNames) {
        InputPicture next = shelf.take(timeUs);
        if (next != null) {
            intervalUs = current == null
                    ? 0
                    : next.picture().timeUs() - current.picture().timeUs();
            drop();
            current = next;
        } else if (current != null
                && timeUs - current.picture().timeUs() > Math.max(STAYS_US, STAYS_INTERVALS * intervalUs)) {
            drop();
        }
        String shownName = shownName();
        Avatar image = avatar;
        return new Input(
                this,
                videoMuted ? null : current,
                label.orElse(showsNames ? shownName : ""),
                label.filter(text -> !text.isEmpty()).orElse(shownName),
                image == null ? null : image.image(),
                desktop,
                watermark);
    }

    /** Lies on its picture from now on. @param mark null for none */
    void watermark(Watermark mark) {
        watermark = mark;
    }

    /** Null for none. */
    Watermark watermark() {
        return watermark;
    }

    /** Whether its first picture is still to come; of the task that composes. */
    boolean isAwaited() {
        return current == null
                && wish.hasVideo()
                && !videoMuted
                && stream().video().isPresent();
    }

    /** Of {@code user#room} the user, of a URI the file. */
    private String shownName() {
        if (Streams.isUri(name)) {
            return name.substring(name.lastIndexOf('/') + 1);
        }
        int room = name.indexOf('#');
        return room > 0 ? name.substring(0, room) : name;
    }

    /** Adds its sound; of the task that mixes. */
    void addTo(float[] sum, int count, long at) {
        float now = gain;
        if (wish.hasAudio() && (now > 0 || mixedGain > 0)) {
            ring.addTo(sum, count, at, mixedGain, now);
        }
        mixedGain = now;
    }

    private void drop() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    /** What became of its pictures since somebody took the mix. */
    synchronized String summary() {
        DecodingCounters counters = pictures == null ? new DecodingCounters(0, 0, 0) : pictures.counters();
        return counters.taken() + " pictures were decoded, " + (counters.lost() + shelf.dropped()) + " lost";
    }

    /** It leaves; may be called again. Its last picture stays until {@link #forget}. */
    @AnyThread
    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (pictures != null) {
                pictures.close();
            }
            if (sound != null) {
                sound.close();
            }
            if (charge != null) {
                charge.close();
            }
        }
        shelf.close();
        stream().loop().execute(() -> stream().unsubscribe(watch));
        hold.close();
    }

    /** It is no longer shown; of the task that composes. */
    void forget() {
        drop();
    }
}
