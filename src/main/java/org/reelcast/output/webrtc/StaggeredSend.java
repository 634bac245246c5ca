package org.reelcast.output.webrtc;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.function.Consumer;
import org.reelcast.loop.MediaLoop;

/**
 * Serves rows of viewers one after the other, each a step after the one before it: what is due for hundreds in the same
 * moment, above all a key frame, would otherwise keep the loop busy for longer than a picture lasts, and come late for
 * most of them. Each viewer gets everything in order and by the same amount later, which it cannot tell from a longer
 * way. On one loop.
 */
final class StaggeredSend<T> {
    /** The grid of the loop's deadlines. */
    static final long STEP_US = 4_000;

    private final MediaLoop loop;
    /** The oldest first: no row gets ahead of itself, since none starts before an earlier one. */
    private final Queue<Wave<T>> waves = new ArrayDeque<>();

    private long lastStartUs;
    private long wakeUs = Long.MAX_VALUE;

    /** What is under way from row to row. */
    private static final class Wave<T> {
        private final SendSlots<T> rows;
        private final Consumer<T> what;
        private final long startUs;
        private int next;

        Wave(SendSlots<T> rows, Consumer<T> what, long startUs) {
            this.rows = rows;
            this.what = what;
            this.startUs = startUs;
        }

        long nextUs() {
            return next == rows.count() ? Long.MAX_VALUE : startUs + next * STEP_US;
        }

        void serveRow() {
            for (T member : rows.row(next++)) {
                what.accept(member);
            }
        }
    }

    StaggeredSend(MediaLoop loop) {
        this.loop = loop;
    }

    /**
     * Does something for all rows, for the first one now.
     *
     * @param dueUs when it should have been; later rows need not wait for the time lost since
     */
    void start(SendSlots<T> rows, long dueUs, Consumer<T> what) {
        lastStartUs = Math.max(lastStartUs, Math.min(dueUs, loop.nowUs()));
        waves.add(new Wave<>(rows, what, lastStartUs));
        serve(loop.nowUs());
    }

    /** Ends all that is under way, at once. */
    void finish() {
        serve(Long.MAX_VALUE - 1);
    }

    private void serve(long untilUs) {
        long nextUs = Long.MAX_VALUE;
        for (Iterator<Wave<T>> under = waves.iterator(); under.hasNext(); ) {
            Wave<T> wave = under.next();
            while (wave.nextUs() <= untilUs) {
                wave.serveRow();
            }
            if (wave.nextUs() == Long.MAX_VALUE) {
                under.remove();
            }
            nextUs = Math.min(nextUs, wave.nextUs());
        }
        if (nextUs < wakeUs) {
            wakeUs = nextUs;
            loop.at(nextUs, this::wake);
        }
    }

    private void wake() {
        wakeUs = Long.MAX_VALUE;
        serve(loop.nowUs());
    }
}
