package org.reelcast.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.OnLoop;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.MediaKind;

/**
 * One track that a stream offers. A stream may offer the same sound or picture in several forms: as the source has it,
 * and made of it for players in real time (H.264 without reordered pictures, with its parameter sets in band; Opus) or
 * for those that play AAC alone.
 */
public final class StreamTrack {
    /** In what form a track has its sound or picture. */
    public enum Form {
        /** As the source has it. */
        ORIGINAL,
        /** As WebRTC takes it. */
        REAL_TIME,
        /** Sound as AAC-LC of one or two channels, where the source has it otherwise: made for who takes only that. */
        AAC
    }

    private final Form form;
    private final GroupOfPictures<Frame> groupOfPictures;
    private final BiConsumer<Subscriber, RuntimeException> broke;
    private volatile Format format;
    /** Replaced, never changed: a subscriber may leave while it is handed a frame. On the loop. */
    private List<Subscriber> subscribers = List.of();
    /** Frames of the past were kept, which subscribers have not been told of. */
    private boolean prepared;
    /** Holds; on the loop. */
    private int takers;

    /** @param broke takes a subscriber that broke from the stream */
    StreamTrack(
            Form form,
            Format format,
            GroupOfPictures<Frame> groupOfPictures,
            BiConsumer<Subscriber, RuntimeException> broke) {
        this.form = form;
        this.format = format;
        this.groupOfPictures = groupOfPictures;
        this.broke = broke;
    }

    public Form form() {
        return form;
    }

    /** What the latest frames look like. */
    @AnyThread
    public Format format() {
        return format;
    }

    public MediaKind kind() {
        return format.kind();
    }

    public boolean isVideo() {
        return kind().isVideo();
    }

    /** @return whether this is the first one */
    boolean take() {
        return takers++ == 0;
    }

    /** @return whether this was the last one */
    boolean letGo() {
        return --takers == 0;
    }

    void prepare(Frame frame) {
        prepared = frame.isVideo();
        keep(frame);
    }

    private void keep(Frame frame) {
        if (frame.format() != format) {
            format = frame.format();
        }
        if (frame.isVideo()) {
            groupOfPictures.add(frame, frame.isKey(), frame.size());
        }
    }

    void caughtUp() {
        if (prepared) {
            prepared = false;
            List<Frame> leading = groupOfPictures.snapshot();
            for (Subscriber subscriber : subscribers) {
                try {
                    subscriber.onStart(leading);
                } catch (RuntimeException e) {
                    broke.accept(subscriber, e);
                }
            }
        }
    }

    void publish(Frame frame) {
        caughtUp();
        List<Subscriber> now = subscribers;
        keep(frame);
        for (int i = 0; i < now.size(); i++) {
            hand(frame, now.get(i));
        }
    }

    private void hand(Frame frame, Subscriber subscriber) {
        try {
            subscriber.onFrame(frame);
        } catch (RuntimeException e) {
            broke.accept(subscriber, e);
        }
    }

    void add(Subscriber subscriber) {
        List<Subscriber> more = new ArrayList<>(subscribers);
        more.add(subscriber);
        subscribers = more;
    }

    void remove(Subscriber subscriber) {
        List<Subscriber> fewer = new ArrayList<>(subscribers);
        fewer.remove(subscriber);
        subscribers = fewer;
    }

    List<Subscriber> subscribers() {
        return subscribers;
    }

    void close() {
        subscribers = List.of();
        groupOfPictures.clear();
    }

    List<Frame> groupOfPictures() {
        return prepared ? List.of() : groupOfPictures.snapshot();
    }

    /** Lets go of the group of pictures kept: frames that follow do not go on from it. */
    @OnLoop
    public void forget() {
        groupOfPictures.clear();
    }
}
