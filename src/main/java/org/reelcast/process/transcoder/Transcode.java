package org.reelcast.process.transcoder;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.live.decode.Decoded;
import org.reelcast.live.decode.SourceWatch;
import org.reelcast.live.encode.EncodedStream;
import org.reelcast.live.encode.Producer;
import org.reelcast.live.encode.VideoSettings;
import org.reelcast.live.images.Watermark;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.OnLoop;
import org.reelcast.media.H264Format;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rtp.Packetizer;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamTrack;

/**
 * A stream whose pictures are those of another one, encoded anew; its sound passes as it is. Both live on the same loop.
 * While nobody takes the picture it is neither decoded nor encoded. Pictures of a film that need nothing but another size
 * and bitrate are made once for all showings ({@link FilmPicture}), all others as they come.
 */
final class Transcode implements Producer {
    static final String KIND = "transcoder";
    private static final Logger LOG = Logger.getLogger(Transcode.class.getName());

    private static final int USUAL_WIDTH = 1280;
    private static final int USUAL_HEIGHT = 720;

    private final Hold input;
    private final TranscodePlan plan;
    private final TranscoderContext means;
    private final Listener listener;
    private final EncodedStream output;
    private final TranscodedPictures pictures;
    private final List<AudioRelay> relays = new ArrayList<>();
    /** Empty where pictures are encoded as they come. */
    private final Optional<FilmPicture> film;

    private final SourceWatch watch;
    private final double decodedMacroblocks;
    private final double encodedMacroblocks;
    /** For pictures that are encoded as they come; null while none are. Guarded by this, as what follows. */
    private TranscodingCosts.Charge charge;

    private boolean over;
    /** Null while the picture is not decoded; on the loop. */
    private Decoded decoded;
    /** Whether anybody takes the picture; on the loop. */
    private boolean taken;

    /** Is told what becomes of it. */
    interface Listener {

        /** Nobody takes part any more. */
        @AnyThread
        void onUnheld(Transcode transcode);

        /** It is over; once. */
        @OnLoop
        void onEnd(Transcode transcode);
    }

    /**
     * @param input the source, let go of at the end
     * @throws Refusal when the source has no picture, or none that can be encoded so
     */
    Transcode(TranscodePlan plan, Hold input, TranscoderContext means, Listener listener) throws Refusal {
        this.plan = plan;
        this.input = input;
        RequestedEncoding wish = plan.wish();
        this.means = means;
        this.listener = listener;
        Stream source = input.stream();
        H264Format picture = picture(source);
        int width = wish.width();
        int height = wish.height();
        if (picture.width() > 0) {
            PictureFit fit = PictureFit.of(wish, picture)
                    .orElseThrow(() -> RequestedEncoding.wrong("pictures of " + picture.width() + "x" + picture.height()
                            + " become too large or too small: name both sides"));
            width = fit.width();
            height = fit.height();
        }
        int fps = wish.framesPerSecond(picture.frameRate());
        // sizes that players change between have to begin together, each with the pictures of all others
        film = plan.aligned() ? Optional.empty() : FilmPicture.of(source, picture, wish);
        boolean aligned = plan.aligned() || film.isPresent();
        List<StreamTrack> sounds =
                source.tracks().stream().filter(track -> !track.isVideo()).toList();
        output = new EncodedStream(
                plan.mediaSessionId(),
                new EncodedStream.Plan(
                        plan.name(),
                        source.loop(),
                        source.traits().live(),
                        Optional.of(new VideoSettings(
                                fps,
                                wish.bitsPerSecond(width, height, fps),
                                plan.aligned() ? 0 : wish.keyInterval(),
                                !aligned,
                                plan.baseline() ? Packetizer.DEFAULT_MAX_PAYLOAD : 0)),
                        width,
                        height,
                        false,
                        sounds.stream()
                                .map(track -> new Stream.Offer(track.form(), track.format()))
                                .toList()),
                this,
                means.encoder());
        pictures = new TranscodedPictures(plan, fps, output, means.encoding(), output::end);
        watch = new SourceWatch(output::end);
        decodedMacroblocks = macroblocks(
                picture.width(), picture.height(), RequestedEncoding.NONE.framesPerSecond(picture.frameRate()));
        encodedMacroblocks = macroblocks(width, height, fps);
        Iterator<StreamTrack> twins = output.stream().tracks().stream()
                .filter(track -> !track.isVideo())
                .iterator();
        sounds.forEach(track -> relays.add(new AudioRelay(source, track, output, twins.next())));
        film.ifPresent(made -> made.into(output, () -> output.stream().loop().execute(this::choose)));
    }

    private static H264Format picture(Stream source) throws Refusal {
        return source.tracks().stream()
                .filter(StreamTrack::isVideo)
                .map(StreamTrack::format)
                .findFirst()
                .filter(H264Format.class::isInstance)
                .map(H264Format.class::cast)
                .orElseThrow(() -> new Refusal(
                        StatusText.STREAM_HAS_NO_PICTURE, "'" + source.name() + "' has no picture to be transcoded"));
    }

    /** A second; of a camera that has not sent its size yet, as of the usual one. */
    private static double macroblocks(int width, int height, int framesPerSecond) {
        return (double) framesPerSecond
                * (width > 0 && height > 0
                        ? EncoderSettings.macroblocks(width, height)
                        : EncoderSettings.macroblocks(USUAL_WIDTH, USUAL_HEIGHT));
    }

    /**
     * Others may have it from now on.
     *
     * @throws Refusal when another stream has the name, or the machine has no time for it
     */
    void open() throws Refusal {
        try {
            charge();
            output.open();
        } catch (Refusal e) {
            giveBack();
            throw e;
        }
        if (film.isPresent()) {
            // there is time; what it takes of it is counted by who encodes the film
            uncharge();
        }
        source().loop().execute(() -> source().subscribe(watch, source().tracks()));
    }

    private synchronized void charge() throws Refusal {
        if (charge == null && !over) {
            charge = means.charges().take(source(), plan.client(), decodedMacroblocks, encodedMacroblocks);
        }
    }

    private synchronized void uncharge() {
        if (charge != null) {
            charge.close();
            charge = null;
        }
    }

    private void giveBack() {
        synchronized (this) {
            over = true;
        }
        uncharge();
        film.ifPresent(FilmPicture::close);
    }

    Stream source() {
        return input.stream();
    }

    Stream stream() {
        return output.stream();
    }

    TranscodePlan plan() {
        return plan;
    }

    /** What was encoded so far. */
    EncodedStream.Counters counters() {
        return output.counters();
    }

    long dropped() {
        return pictures.dropped();
    }

    /**
     * Blends it into the pictures from now on; null for none.
     *
     * @throws Refusal when the machine has no time to encode them as they come
     */
    void mark(Watermark watermark) throws Refusal {
        if (watermark != null) {
            charge();
        }
        pictures.mark(watermark);
        source().loop().execute(this::choose);
    }

    void end(StatusText why) {
        output.end(why);
    }

    @Override
    public List<Stream> inputs() {
        return List.of(source());
    }

    @Override
    public void onTaken(StreamTrack track, boolean isTaken) {
        if (!track.isVideo()) {
            relays.stream().filter(relay -> relay.leadsTo(track)).forEach(relay -> relay.taken(isTaken));
            return;
        }
        taken = isTaken;
        if (!isTaken) {
            film.ifPresent(made -> made.taken(false));
            rest();
        } else if (isOfFilm()) {
            film.get().taken(true);
        } else {
            decode();
        }
    }

    private boolean isOfFilm() {
        return film.isPresent() && !film.get().isLost() && !pictures.isMarked();
    }

    /** Pictures come from the film or are encoded as they come, as it has to be now. */
    private void choose() {
        if (taken && !isOfFilm() && decoded == null) {
            film.ifPresent(made -> made.taken(false));
            decode();
        } else if (taken && isOfFilm() && decoded != null) {
            rest();
            uncharge();
            film.get().taken(true);
        }
    }

    private void decode() {
        try {
            charge();
            decoded = means.decoders().pictures(source(), pictures).orElse(null);
        } catch (Refusal e) {
            LOG.log(Level.FINE, "A transcoded stream cannot go on", e);
            output.end(
                    e.status() == StatusText.NO_AVAILABLE_TRANSCODERS
                            ? StreamEnd.failed(e)
                            : StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
        }
    }

    private void rest() {
        if (decoded != null) {
            decoded.close();
            decoded = null;
        }
        output.rest();
    }

    @Override
    public void onUnheld() {
        listener.onUnheld(this);
    }

    @Override
    public void onEnd(StreamEnd how) {
        source().unsubscribe(watch);
        if (decoded != null) {
            decoded.close();
            decoded = null;
        }
        relays.forEach(AudioRelay::stop);
        pictures.stop();
        giveBack();
        input.close();
        listener.onEnd(this);
    }
}
