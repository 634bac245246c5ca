package org.reelcast.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * The video frames since the last key frame: what a joiner needs for a picture at once. Bounded: a group that outgrows
 * the bound is let go, and joiners wait for the next key frame.
 *
 * @param <T> the frames in the form that their keeper sends
 */
public final class GroupOfPictures<T> {
    /** For sources that cannot make a key frame when asked. */
    static final int MAX_FRAMES = 1200;
    /** For sources that can: with a longer group it is quicker to ask. */
    static final int MAX_FRAMES_ON_REQUEST = 60;

    static final int MAX_BYTES = 32 << 20;

    private final List<T> frames = new ArrayList<>();
    private final int maxFrames;
    private int bytes;

    /** @param keyFramesOnRequest whether the source makes a key frame when asked; then long groups are not kept */
    public GroupOfPictures(boolean keyFramesOnRequest) {
        maxFrames = keyFramesOnRequest ? MAX_FRAMES_ON_REQUEST : MAX_FRAMES;
    }

    /** Takes the next video frame of {@code size} bytes. */
    public void add(T frame, boolean key, int size) {
        if (key) {
            clear();
        } else if (frames.isEmpty()) {
            return;
        }
        frames.add(frame);
        bytes += size;
        if (frames.size() > maxFrames || bytes > MAX_BYTES) {
            clear();
        }
    }

    /** A copy that later frames do not change. */
    public List<T> snapshot() {
        return List.copyOf(frames);
    }

    public void clear() {
        frames.clear();
        bytes = 0;
    }
}
