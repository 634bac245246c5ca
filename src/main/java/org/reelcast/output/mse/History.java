package org.reelcast.output.mse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The last seconds of a stream: from the last key frame on that is old enough for a viewer to begin with. Bounded: what
 * outgrows the bound is let go, and who comes waits for the next key frame. For one thread at a time.
 */
final class History {
    private static final int MAX_BYTES = 32 << 20;
    private static final int MAX_UNITS = 20_000;

    private final boolean hasPicture;
    private final Deque<MediaUnit> units = new ArrayDeque<>();
    /** Those of the units that a viewer can begin with. */
    private final Deque<MediaUnit> keys = new ArrayDeque<>();

    private int bytes;

    History(boolean hasPicture) {
        this.hasPicture = hasPicture;
    }

    void add(MediaUnit unit) {
        boolean key = unit.key() && unit.isPicture() == hasPicture;
        if (keys.isEmpty() && !key) {
            return;
        }
        units.add(unit);
        bytes += unit.body().length;
        if (key) {
            keys.add(unit);
            forget(unit.dueUs() - ViewerTimeline.BURST_US);
        }
        if (bytes > MAX_BYTES || units.size() > MAX_UNITS) {
            units.clear();
            keys.clear();
            bytes = 0;
        }
    }

    /** Lets go of what is not needed to begin at {@code dueUs}. */
    private void forget(long dueUs) {
        while (true) {
            Iterator<MediaUnit> each = keys.iterator();
            each.next();
            if (!each.hasNext() || each.next().dueUs() > dueUs) {
                return;
            }
            keys.remove();
            while (units.peek() != keys.peek()) {
                bytes -= units.remove().body().length;
            }
        }
    }

    /** What a viewer begins with now; empty when there is no key frame. */
    List<MediaUnit> from(long nowUs) {
        MediaUnit first = keys.peek();
        for (MediaUnit key : keys) {
            first = key.dueUs() <= nowUs - ViewerTimeline.BURST_US ? key : first;
        }
        MediaUnit begin = first;
        return units.stream().dropWhile(unit -> unit != begin).toList();
    }
}
