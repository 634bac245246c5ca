package org.reelcast.process.transcoder;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.live.decode.VideoConsumer;
import org.reelcast.live.encode.EncodedStream;
import org.reelcast.live.images.Watermark;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.H264Format;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.StreamEnd;

/**
 * The pictures of a transcoded stream on their way: from the decoder, by a task of their own, to the encoder. What goes
 * wrong on it ends the stream.
 */
final class TranscodedPictures implements VideoConsumer, PictureTask.Worker {
    private static final Logger LOG = Logger.getLogger(TranscodedPictures.class.getName());

    private final RequestedEncoding wish;
    private final int framesPerSecond;
    private final EncodedStream output;
    private final Consumer<StreamEnd> whenEnded;
    private final PictureTask task;
    private final FramePacer pacer;
    /** Null where key frames are by count, and by request. */
    private final KeyGrid keys;

    private final PictureConverter work = new PictureConverter();
    private volatile Watermark watermark;
    /** Of the task. */
    private H264Format format;

    private PictureFit fit;
    private boolean broken;

    /**
     * @param framesPerSecond that come as a rule
     * @param executor        runs the task
     * @param whenEnded       hears of the source's end, and of what goes wrong
     */
    TranscodedPictures(
            TranscodePlan plan,
            int framesPerSecond,
            EncodedStream output,
            Executor executor,
            Consumer<StreamEnd> whenEnded) {
        this.wish = plan.wish();
        this.keys = plan.aligned() ? new KeyGrid() : null;
        this.framesPerSecond = framesPerSecond;
        this.output = output;
        this.whenEnded = whenEnded;
        this.task = new PictureTask(executor, this);
        this.pacer = new FramePacer(wish.fps());
    }

    /** From now on; null for none. */
    void mark(Watermark mark) {
        watermark = mark;
    }

    boolean isMarked() {
        return watermark != null;
    }

    /** Pictures that were left out as the encoder was too slow. */
    long dropped() {
        return task.dropped();
    }

    /** Nothing more is encoded. */
    void stop() {
        task.close();
    }

    @Override
    public void onPicture(Picture picture, H264Format described) {
        if (!pacer.takes(picture.timeUs())) {
            return;
        }
        try {
            task.hand(picture, described);
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void onEnd(StreamEnd how) {
        whenEnded.accept(how);
    }

    @Override
    public void work(Picture picture, H264Format described) {
        if (broken) {
            return;
        }
        try {
            fit(picture, described);
            try (Picture made = work.make(picture, fit, watermark)) {
                output.show(made, keys != null && keys.isKey(picture.timeUs()));
            }
        } catch (IOException | RuntimeException e) {
            broken = true;
            fail(e);
        }
    }

    private void fit(Picture picture, H264Format described) throws IOException {
        if (described == format) {
            return;
        }
        Format held = picture.width() == described.width() && picture.height() == described.height()
                ? described
                : Format.video(Codec.H264, picture.width(), picture.height(), described.rotation());
        Optional<PictureFit> found = PictureFit.of(wish, (H264Format) held);
        PictureFit next = found.orElseThrow(() -> new IOException("pictures of " + picture.width() + "x"
                + picture.height() + " cannot be encoded as " + wish.width() + "x" + wish.height()));
        output.bitrate(wish.bitsPerSecond(next.width(), next.height(), framesPerSecond));
        fit = next;
        format = described;
    }

    private void fail(Exception why) {
        LOG.log(Level.WARNING, why, () -> output.stream().name() + " ends: " + why.getMessage());
        whenEnded.accept(StreamEnd.failed(StatusText.FAILED_BY_ERROR));
    }

    @Override
    public void close() {
        work.close();
    }
}
