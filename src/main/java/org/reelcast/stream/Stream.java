package org.reelcast.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.reelcast.loop.MediaLoop;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;

/**
 * The hub between what makes frames (a file, a publisher) and what takes them (viewers, segments, recordings). Frames
 * carry the time at which they are due on the loop's clock. What is not marked otherwise is for the stream's loop only.
 */
public final class Stream {
    private final String mediaSessionId;
    private final String name;
    private final MediaLoop loop;
    private final Runnable keyFrameRequest;
    private final GroupOfPictures<Frame> groupOfPictures;
    private final long createdMs = System.currentTimeMillis();
    /** Replaced, never changed: a subscriber may leave while it is handed a frame. */
    private List<Subscriber> subscribers = List.of();
    private volatile Optional<Format> video;
    private volatile Optional<Format> audio;
    private StreamEnd end;

    /**
     * A stream whose source cannot make key frames on request: a file.
     *
     * @param name  what viewers play it by
     * @param video what the video looks like at first, empty for a stream without
     * @param audio what the audio looks like, empty for a stream without
     */
    public Stream(String name, MediaLoop loop, Optional<Format> video, Optional<Format> audio) {
        this(UUID.randomUUID().toString(), name, loop, video, audio, null);
    }

    /**
     * The same for any source.
     *
     * @param keyFrameRequest asks the source for a key frame, as often as needed, on the loop; null when it makes none
     */
    public Stream(String mediaSessionId, String name, MediaLoop loop, Optional<Format> video, Optional<Format> audio,
            Runnable keyFrameRequest) {
        this.mediaSessionId = mediaSessionId;
        this.name = name;
        this.loop = loop;
        this.video = video;
        this.audio = audio;
        this.keyFrameRequest = keyFrameRequest;
        this.groupOfPictures = newGroupOfPictures();
    }

    /** A place to keep this stream's group of pictures. */
    public <T> GroupOfPictures<T> newGroupOfPictures() {
        return new GroupOfPictures<>(keyFrameRequest != null);
    }

    /** A UUID; any thread. */
    public String mediaSessionId() {
        return mediaSessionId;
    }

    /** Any thread. */
    public String name() {
        return name;
    }

    /** Any thread. */
    public MediaLoop loop() {
        return loop;
    }

    /** What the latest video frames look like; any thread. */
    public Optional<Format> video() {
        return video;
    }

    /** What the latest audio frames look like; any thread. */
    public Optional<Format> audio() {
        return audio;
    }

    /** When the stream was made, in ms since 1970; any thread. */
    public long createdMs() {
        return createdMs;
    }

    /** Whether this is a file that plays, not somebody who is live; any thread. */
    public boolean isFilm() {
        return keyFrameRequest == null;
    }

    /** Has the source make a key frame soon, if it can; for who has no group of pictures to begin with. */
    public void requestKeyFrame() {
        if (keyFrameRequest != null && end == null && video.isPresent()) {
            keyFrameRequest.run();
        }
    }

    /** Hands a frame that is due to everybody. */
    public void publish(Frame frame) {
        if (end != null) {
            return;
        }
        if (frame.isVideo()) {
            if (frame.format() != video.orElse(null)) {
                video = Optional.of(frame.format());
            }
            groupOfPictures.add(frame, frame.isKey(), frame.size());
        } else if (frame.format() != audio.orElse(null)) {
            audio = Optional.of(frame.format());
        }
        List<Subscriber> now = subscribers;
        for (int i = 0; i < now.size(); i++) {
            now.get(i).onFrame(frame);
        }
    }

    /** Sound and picture are in step from now on, see {@link Subscriber#onInStep}. */
    public void inStep(long pictureUs) {
        List<Subscriber> now = subscribers;
        for (int i = 0; i < now.size(); i++) {
            now.get(i).onInStep(pictureUs);
        }
    }

    /** From now on {@code subscriber} gets what is published; when the stream has ended, only its end. */
    public void subscribe(Subscriber subscriber) {
        if (end != null) {
            subscriber.onEnd(end);
            return;
        }
        List<Subscriber> more = new ArrayList<>(subscribers);
        more.add(subscriber);
        subscribers = more;
        subscriber.onStart(groupOfPictures.snapshot());
    }

    /** {@code subscriber} gets nothing more, not even the end. */
    public void unsubscribe(Subscriber subscriber) {
        List<Subscriber> fewer = new ArrayList<>(subscribers);
        fewer.remove(subscriber);
        subscribers = fewer;
    }

    /** Ends the stream for everybody; later calls change nothing. */
    public void end(StreamEnd how) {
        if (end != null) {
            return;
        }
        end = how;
        groupOfPictures.clear();
        List<Subscriber> last = subscribers;
        subscribers = List.of();
        last.forEach(subscriber -> subscriber.onEnd(how));
    }
}
