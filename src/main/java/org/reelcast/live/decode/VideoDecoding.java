package org.reelcast.live.decode;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.reelcast.codec.ffmpeg.CodecMemory;
import org.reelcast.codec.ffmpeg.FrameUnits;
import org.reelcast.codec.ffmpeg.H264Decoder;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;
import org.reelcast.stream.FrameQueue;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamTrack;

/**
 * A stream's picture being decoded. The frames since the last key frame lead to the present: they are decoded at once,
 * and those shown before it not handed out. A decoder that cannot keep up goes on at the next key frame.
 */
final class VideoDecoding extends Decoding<VideoConsumer> {
    /** Room for all that a stream keeps for who comes; and a frame waits for no other, since a picture is late soon. */
    private static final FrameQueue.Limits LIMITS = new FrameQueue.Limits(40 << 20, 1500, 5_000);
    /** What is decoded so much after it was due is of no use to anybody. */
    private static final long MAX_LATE_US = 1_000_000;
    /** Between two key frames asked for. */
    private static final long ASKING_INTERVAL_US = 500_000;

    private final long beganUs;
    /** Whether each picture can come out of the decoder at once. */
    private final boolean inOrder;

    private final FrameUnits units = new FrameUnits();
    /** Null before the first frame; of the tasks, which run one after the other, as all that follows. */
    private H264Decoder decoder;

    private H264Format before;
    private H264Format format;
    /** Pictures from here on have {@link #format}. */
    private long formatFromUs;
    /** What is shown before is there for other pictures only. */
    private long shownFromUs;

    private boolean skipping;
    private long askedUs;
    private volatile long lost;

    VideoDecoding(Hold hold, Executor executor, Consumer<Decoding<VideoConsumer>> onEnd) {
        super(hold, LIMITS, executor, onEnd);
        beganUs = stream().loop().nowUs();
        inOrder = hold.tracks().get(0).form() == StreamTrack.Form.REAL_TIME;
        shownFromUs = beganUs;
        askedUs = beganUs;
    }

    @Override
    void decode(Frame frame) throws IOException {
        if (isSkipped(frame)) {
            lost++;
            return;
        }
        if (decoder == null) {
            decoder = inOrder
                    ? H264Decoder.openInOrder()
                    : H264Decoder.openDeinterlacing(1, CodecMemory.ofProcess().share(0));
        }
        follow(frame);
        if (decoder.send(units.of(frame), frame.presentationTimeUs()) < 0) {
            lost++;
            askForKeyFrame();
        }
        handOutAll();
    }

    private void handOutAll() throws IOException {
        while (decoder.receive()) {
            handOut();
        }
    }

    /** Frames that led to the present when decoding began are late, and wanted. */
    private boolean isSkipped(Frame frame) {
        long dueUs = frame.decodeTimeUs();
        if (dueUs >= beganUs && dueUs < stream().loop().nowUs() - MAX_LATE_US && !skipping) {
            skipping = true;
            askForKeyFrame();
        }
        skipping &= !frame.isKey();
        return skipping;
    }

    private void askForKeyFrame() {
        Stream stream = stream();
        long nowUs = stream.loop().nowUs();
        if (nowUs - askedUs >= ASKING_INTERVAL_US) {
            askedUs = nowUs;
            stream.loop().execute(stream::requestKeyFrame);
        }
    }

    private void follow(Frame frame) throws IOException {
        if (frame.format() != format) {
            before = format;
            format = (H264Format) frame.format();
            if (before != null && (format.width() != before.width() || format.height() != before.height())) {
                // a decoder that meets another size forgets the pictures that it held back: they come out first
                finish();
                decoder.restart();
            }
            formatFromUs = frame.presentationTimeUs();
        }
        if (frame.shownFromUs() > frame.presentationTimeUs()) {
            shownFromUs = Math.max(shownFromUs, frame.shownFromUs());
        }
    }

    private void handOut() throws IOException {
        if (decoder.pts() < shownFromUs) {
            return;
        }
        H264Format shown = decoder.pts() < formatFromUs && before != null ? before : format;
        try (Picture picture = Picture.of(decoder, shown.colour())) {
            each(taker -> taker.onPicture(picture, shown));
        }
    }

    @Override
    void finish() throws IOException {
        if (decoder != null) {
            decoder.end();
            handOutAll();
        }
    }

    @Override
    long lost() {
        return lost;
    }

    @Override
    void release() {
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
    }
}
