package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.reelcast.codec.ffmpeg.CodecMemory;
import org.reelcast.codec.ffmpeg.VideoDecoder;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.read.VideoEntry;
import org.reelcast.rendition.encoders.EncoderJob;

/** The decoder of a film from a segment on, picture after picture. For one thread at a time. */
final class FilmDecoder implements AutoCloseable {
    /** What a step came to. */
    enum Step {
        /** There is a picture, the decoder's until the next step. */
        PICTURE,
        /** There is none yet. */
        NOTHING,
        /** There is none any more. */
        END
    }

    private final EncodingSpec spec;
    private final SegmentGrid.Bounds bounds;
    private final CodecMemory.Share memory;
    private final CodedPictures pictures;
    /** Null before the first step. */
    private VideoDecoder decoder;

    private RandomAccessPoint access;
    private boolean isKnownGood;
    private H264Format fed;
    private boolean draining;
    private boolean ended;
    private IOException broken;
    private long timeUs;
    /**
     * Of a file with B-frames and without composition offsets: its times are right, but not for these pictures. A film
     * in fragments may show only under way that it has offsets.
     */
    private final Queue<Long> waitingTimes = new ArrayDeque<>();

    /**
     * A decoder that has what it needs, but is not at work yet.
     *
     * @param bounds the first segment that is wanted
     * @throws IOException when the decoders of other films have all memory that there is for them
     */
    FilmDecoder(EncodingSpec spec, SegmentGrid.Bounds bounds, int maxThreads) throws IOException {
        this.spec = spec;
        this.bounds = bounds;
        this.memory = CodecMemory.ofProcess().share(spec.memoryBytes());
        int threads = Math.min(2, maxThreads);
        this.pictures = spec.track().entries().get(0) instanceof VideoEntry
                ? new PacketPictures(spec.track(), spec.source(), spec.deinterlaces(), threads, memory)
                : new H264Pictures(spec.track(), spec.source(), spec.deinterlaces(), threads, memory);
    }

    /** The picture, after {@link Step#PICTURE}. */
    VideoDecoder picture() {
        return decoder;
    }

    /** The shape in which it is to be encoded. */
    PictureShape shape() {
        return pictures.shape(fed);
    }

    /** When that is shown; negative for never. */
    long timeUs() {
        return timeUs;
    }

    /**
     * Goes on a little.
     *
     * @param core given back while storage is read
     * @throws IOException when the film breaks and all that comes before was handed out
     */
    Step step(EncoderJob.Core core) throws IOException {
        if (decoder == null) {
            decoder = pictures.decoder();
            begin(spec.grid().entry(bounds));
        }
        if (decoder.receive()) {
            return taken() ? Step.PICTURE : beginEarlier();
        }
        if (draining) {
            draining = false;
            decoder.restart();
            send();
        } else if (ended) {
            if (access.isMissing()) {
                return beginEarlier();
            }
            if (broken != null) {
                throw broken;
            }
            return Step.END;
        } else if (access.isOverdue()) {
            return beginEarlier();
        } else {
            feed(core);
        }
        return Step.NOTHING;
    }

    private void begin(int sample) {
        access = new RandomAccessPoint(sample, bounds.startUs(), spec.track().durationUs());
        pictures.standBefore(sample);
    }

    private Step beginEarlier() throws IOException {
        decoder.restart();
        waitingTimes.clear();
        fed = null;
        draining = false;
        ended = false;
        broken = null;
        begin(spec.grid().earlier(bounds, access.sample()));
        return Step.NOTHING;
    }

    /** Takes the picture that came out; false when one is missing before it, for want of an earlier start. */
    private boolean taken() {
        Long waiting = waitingTimes.poll();
        timeUs = waiting == null ? decoder.pts() : waiting;
        boolean due = waiting == null ? access.came(timeUs) : access.cameUnordered(decoder.pts());
        if (!isKnownGood && access.isGood()) {
            isKnownGood = true;
            spec.grid().entered(bounds, access.sample());
        }
        return due;
    }

    private void feed(EncoderJob.Core core) throws IOException {
        core.rest();
        try {
            ended = !pictures.next();
        } catch (IOException e) {
            // what came before it is still shown
            broken = e;
            ended = true;
        } finally {
            core.work();
        }
        draining = !ended && fed != null && !pictures.follows(fed);
        if (ended || draining) {
            // what the decoder held back comes out first
            decoder.end();
        } else {
            send();
        }
    }

    private void send() throws IOException {
        // what does not decode is missing from the picture's place on; that alone does not end the film
        long presentedUs = pictures.at().presentationTimeUs();
        boolean reordered = spec.track().samples().hasReordering();
        if (fed != null && reordered && spec.skips(presentedUs, pictures.isReference())) {
            return;
        }
        // what the edit list leaves out is decoded, since others need it, and has no place
        long shownUs =
                pictures.at().isCut() ? -1 : Math.max(presentedUs, pictures.at().editStartUs());
        int code = pictures.send(fed == null, shownUs);
        decoder = pictures.decoder();
        access.fed(shownUs);
        fed = pictures.format();
        if (reordered || pictures.keepsTimes()) {
            waitingTimes.clear();
        } else if (code >= 0) {
            waitingTimes.add(shownUs);
        }
    }

    @Override
    public void close() {
        pictures.close();
        memory.close();
    }
}
