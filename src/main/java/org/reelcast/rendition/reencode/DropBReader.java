package org.reelcast.rendition.reencode;

import java.io.IOException;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;

/**
 * The reader of the film's own pictures without those that hold B slices, from where re-encoding broke off. They cannot
 * start in the middle of a group of pictures: when the next key frame is near, the reader goes on there; otherwise it
 * goes through the group once more, with times squeezed in behind the last picture, so that the show goes on where it
 * was.
 */
final class DropBReader {
    /** Up to here the picture may stand still. */
    private static final long NEAR_US = 1_000_000;

    private static final long SQUEEZED_US = 1_000;

    private final FrameReader reader;
    private boolean running;
    private long lastUs;

    /** @param reader of the pictures without B slices */
    DropBReader(FrameReader reader) {
        this.reader = reader;
    }

    /** @param shownUs the last picture that came from elsewhere; {@link Long#MIN_VALUE} when there was none */
    Frame next(long shownUs) throws IOException {
        if (!running) {
            running = true;
            lastUs = shownUs;
            if (shownUs != Long.MIN_VALUE) {
                reader.seek(shownUs + NEAR_US);
            }
        }
        Frame frame = reader.next();
        if (frame == null) {
            return null;
        }
        if (lastUs != Long.MIN_VALUE && frame.presentationTimeUs() <= lastUs) {
            frame = frame.shifted(lastUs + SQUEEZED_US - frame.presentationTimeUs());
        }
        lastUs = frame.presentationTimeUs();
        return frame;
    }

    /** The next picture comes from elsewhere again. */
    void stop() {
        running = false;
    }

    void seek(long timeUs) throws IOException {
        running = false;
        reader.seek(timeUs);
    }

    void close() {
        reader.close();
    }
}
