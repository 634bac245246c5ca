package org.reelcast.output.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.reelcast.loop.MediaLoop;
import org.reelcast.media.Frame;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamStatus;
import org.reelcast.stream.Subscriber;
import org.reelcast.stream.TrackChoice;

/**
 * Takes the frames of a stream's picture from the last key frame to the present, as soon as they are there, and lets go
 * of the stream. A film that nobody watches is read for it, a camera asked for a key frame.
 */
final class PresentFrames implements Subscriber {
    static final Holder HOLDER = Holder.momentary("snapshot", TrackChoice.PICTURE);
    /** Key frames come ahead of their time by what their film's B-frames need; more is not waited for. */
    private static final long MAX_AHEAD_US = 500_000;

    private final Hold hold;
    private final Stream stream;
    private final MediaLoop loop;
    private final long limitUs;
    private final CompletableFuture<Group> result = new CompletableFuture<>();
    /** From a key frame on; on the loop, as all that follows. */
    private final List<Frame> frames = new ArrayList<>();

    private MediaLoop.Timer timeout;
    private MediaLoop.Timer due;
    private boolean scheduled;
    private boolean left;

    /**
     * A group of pictures as far as it has come.
     *
     * @param frames at least one, the first a key frame, in decode order
     * @param nowUs  the present of their times
     */
    record Group(List<Frame> frames, long nowUs) {}

    private PresentFrames(Hold hold, long limitUs) {
        this.hold = hold;
        this.stream = hold.stream();
        this.loop = stream.loop();
        this.limitUs = limitUs;
    }

    /**
     * Takes them; does not block. Fails with a {@link Refusal}.
     *
     * @param stream  one with a picture
     * @param limitUs how long to wait for a key frame
     */
    static CompletableFuture<Group> of(Stream stream, long limitUs) {
        Optional<Hold> hold = stream.hold(HOLDER);
        if (hold.isEmpty()) {
            return CompletableFuture.failedFuture(ended(stream, StatusText.STREAM_NOT_FOUND));
        }
        PresentFrames frames = new PresentFrames(hold.get(), limitUs);
        stream.loop().execute(frames::begin);
        return frames.result;
    }

    private void begin() {
        timeout = loop.at(loop.nowUs() + limitUs, () -> {
            leave();
            result.completeExceptionally(new Refusal(
                    StatusText.SNAPSHOT_TIMED_OUT,
                    stream.name() + " has sent no key frame for " + limitUs / 1000 + " ms"));
        });
        stream.subscribe(this, hold.tracks());
    }

    private void leave() {
        left = true;
        timeout.cancel();
        if (due != null) {
            due.cancel();
        }
        stream.unsubscribe(this);
        hold.close();
    }

    @Override
    public void onStart(List<Frame> groupOfPictures) {
        if (groupOfPictures.isEmpty()) {
            stream.requestKeyFrame();
        } else {
            frames.clear();
            frames.addAll(groupOfPictures);
            awaitRest();
        }
    }

    @Override
    public void onFrame(Frame frame) {
        if (frame.isKey()) {
            frames.clear();
        }
        if (frame.isKey() || !frames.isEmpty()) {
            frames.add(frame);
            awaitRest();
        }
    }

    /** With a group comes, in the same round, what is due now. */
    private void awaitRest() {
        if (!scheduled) {
            scheduled = true;
            loop.execute(this::finish);
        }
    }

    private void finish() {
        if (left) {
            return;
        }
        long aheadUs = frames.get(0).shownFromUs() - loop.nowUs();
        if (aheadUs > 0 && due == null) {
            // until then a picture of the group before is shown, which is gone
            due = loop.at(loop.nowUs() + Math.min(aheadUs, MAX_AHEAD_US), this::finish);
            return;
        }
        leave();
        result.complete(new Group(List.copyOf(frames), loop.nowUs()));
    }

    @Override
    public void onEnd(StreamEnd end) {
        if (left) {
            return;
        }
        leave();
        if (scheduled) {
            result.complete(new Group(List.copyOf(frames), loop.nowUs()));
        } else {
            result.completeExceptionally(
                    ended(stream, end.status() == StreamStatus.FAILED ? end.reason() : StatusText.STREAM_NOT_FOUND));
        }
    }

    private static Refusal ended(Stream stream, StatusText why) {
        return new Refusal(why, stream.name() + " ended before a picture of it came");
    }
}
