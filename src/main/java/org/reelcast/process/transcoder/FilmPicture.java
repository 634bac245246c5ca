package org.reelcast.process.transcoder;

import java.util.List;
import java.util.Optional;
import org.reelcast.live.encode.EncodedStream;
import org.reelcast.loop.AnyThread;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;
import org.reelcast.stream.ScaledPicture;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamTrack;
import org.reelcast.stream.Subscriber;

/**
 * The picture of a film in the size that is wanted, made in segments once for all showings: it comes in step with the
 * film's own, and goes on as it is. On the loop but where said otherwise.
 */
final class FilmPicture implements Subscriber {
    /** Key frames of films come so often at least. */
    private static final int KEYS_EVERY_S = 2;

    private final ScaledPicture scaled;
    private EncodedStream target;
    private StreamTrack to;
    private Runnable onLost;
    private boolean taken;
    private boolean lost;

    private FilmPicture(ScaledPicture scaled) {
        this.scaled = scaled;
    }

    /** Empty when the source is no film, or more is wanted than another size and bitrate; may block. */
    static Optional<FilmPicture> of(Stream source, H264Format picture, RequestedEncoding wish) {
        Optional<PictureFit> fit = picture.width() > 0 ? PictureFit.of(wish, picture) : Optional.empty();
        int rate = RequestedEncoding.NONE.framesPerSecond(picture.frameRate());
        if (fit.isEmpty()
                || !fit.get().fills()
                || fit.get().rotation() != 0
                || wish.watermark().isPresent()
                || wish.framesPerSecond(picture.frameRate()) < rate
                || wish.keyInterval() < KEYS_EVERY_S * Math.min(rate, RequestedEncoding.USUAL_FPS)) {
            return Optional.empty();
        }
        int width = fit.get().width();
        int height = fit.get().height();
        return source.source()
                .scaled(width, height, wish.bitsPerSecond(width, height, rate))
                .map(FilmPicture::new);
    }

    /** Before it is taken. @param whenLost called when it ends while it is taken */
    void into(EncodedStream stream, Runnable whenLost) {
        target = stream;
        onLost = whenLost;
        to = stream.stream().tracks().stream()
                .filter(StreamTrack::isVideo)
                .findFirst()
                .orElseThrow();
    }

    /** Somebody takes it, or nobody does any more. */
    void taken(boolean isTaken) {
        if (isTaken && !taken) {
            scaled.take(this);
        } else if (!isTaken && taken) {
            scaled.leave(this);
        }
        taken = isTaken;
    }

    /** Whether it ended, and pictures have to be encoded as they come. */
    boolean isLost() {
        return lost;
    }

    /** For good. */
    @AnyThread
    void close() {
        scaled.close();
    }

    @Override
    public void onStart(List<Frame> groupOfPictures) {
        if (!groupOfPictures.isEmpty()) {
            groupOfPictures.forEach(frame -> target.stream().prepare(to, frame));
            target.stream().caughtUp(to);
        }
    }

    @Override
    public void onFrame(Frame frame) {
        target.publish(to, frame);
    }

    @Override
    public void onEnd(StreamEnd end) {
        lost = true;
        taken(false);
        onLost.run();
    }
}
