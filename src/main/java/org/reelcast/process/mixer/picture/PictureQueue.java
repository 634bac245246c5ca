package org.reelcast.process.mixer.picture;

import java.util.ArrayDeque;
import java.util.Deque;

/** The pictures of one input that wait for their time: few, since each is large. One thread puts and another takes. */
public final class PictureQueue implements AutoCloseable {
    /** Pictures beyond those that the delay needs at this rate: reordered ones come together. */
    private static final int MORE = 6;

    private static final int MOST_A_SECOND = 60;

    private final int most;
    private final Deque<InputPicture> waiting = new ArrayDeque<>();
    private long dropped;
    private boolean closed;

    /** @param delayUs how long pictures wait as a rule */
    public PictureQueue(long delayUs) {
        most = (int) (delayUs * MOST_A_SECOND / 1_000_000) + MORE;
    }

    /** Takes a picture, which is closed in every case. When there are too many, the oldest goes. */
    public synchronized void put(InputPicture shown) {
        if (closed) {
            shown.close();
            return;
        }
        if (waiting.size() == most) {
            waiting.remove().close();
            dropped++;
        }
        waiting.add(shown);
    }

    /** The picture to be seen at that time, if it is another than the last one given: the caller closes it. Else null. */
    public synchronized InputPicture take(long timeUs) {
        InputPicture newest = null;
        while (!waiting.isEmpty() && waiting.element().picture().timeUs() <= timeUs) {
            if (newest != null) {
                newest.close();
            }
            newest = waiting.remove();
        }
        return newest;
    }

    /** Pictures for which there was no room. */
    public synchronized long dropped() {
        return dropped;
    }

    @Override
    public synchronized void close() {
        closed = true;
        waiting.forEach(InputPicture::close);
        waiting.clear();
    }
}
