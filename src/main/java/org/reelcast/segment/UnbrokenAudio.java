package org.reelcast.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/**
 * Access units of AAC that follow each other without a hole, in which players stand still, each no further from its time
 * than half its length: what is in the way is left out, what is missing is silence. Where none is known for the coding
 * the hole stays. For one thread at a time.
 *
 * @param <U> what a unit is
 */
public final class UnbrokenAudio<U> {
    private final AacFormat format;
    private final long startUs;
    private final Output<U> out;
    /** Null until it is known where the first unit lies, all others by that. */
    private UnitGrid grid;

    private long next;

    /** Takes the units in their order, each with its place, whatever its own times are. */
    public interface Output<U> {
        void unit(U unit, long timeUs);

        /** One that is not there. @param unit what is silent in this coding */
        void silence(Slice unit, long timeUs);
    }

    /** @param startUs from when on there is to be sound */
    public UnbrokenAudio(AacFormat format, long startUs, Output<U> out) {
        this.format = format;
        this.startUs = startUs;
        this.out = out;
    }

    /** @param first number of the first unit */
    UnbrokenAudio(UnitGrid grid, long first, Output<U> out) {
        this(grid.format(), grid.timeUs(first), out);
        this.grid = grid;
        this.next = first;
    }

    /** @param timeUs when the unit is to be heard */
    public void take(U unit, long timeUs) {
        UnitGrid by = grid == null ? new UnitGrid(format, timeUs) : grid;
        long number = by.nearest(timeUs);
        if (number >= (grid == null ? by.nearest(startUs) : next)) {
            lieOn(by);
            fillUpTo(number);
            out.unit(unit, grid.timeUs(number));
            next = number + 1;
        }
    }

    /** What should begin before that time, and is not there, is silence. */
    public void fill(long untilUs) {
        lieOn(grid == null ? new UnitGrid(format, startUs) : grid);
        long number = grid.nearest(untilUs);
        fillUpTo(grid.timeUs(number) < untilUs ? number + 1 : number);
    }

    private void fillUpTo(long number) {
        Optional<Slice> silence = grid.silence();
        while (next < number && silence.isPresent()) {
            out.silence(silence.get(), grid.timeUs(next));
            next++;
        }
    }

    /** Where the next unit belongs. */
    public long endUs() {
        return grid == null ? startUs : grid.timeUs(next);
    }

    private void lieOn(UnitGrid by) {
        if (grid == null) {
            grid = by;
            next = by.nearest(startUs);
        }
    }

    /**
     * One unit for each place from {@code from} up to {@code to}: that of the film whose time is nearest, or silence.
     *
     * @param units with times in the film
     * @param first where unit 0 of the film is placed
     */
    static List<Frame> place(UnitGrid grid, List<Frame> units, long from, long to, long first) {
        List<Frame> placed = new ArrayList<>();
        UnbrokenAudio<Frame> line = new UnbrokenAudio<>(grid, from, new UnbrokenAudio.Output<>() {
            @Override
            public void unit(Frame unit, long timeUs) {
                placed.add(unit.shifted(grid.timeUs(first + grid.nearest(timeUs)) - unit.presentationTimeUs()));
            }

            @Override
            public void silence(Slice unit, long timeUs) {
                unit(new Frame(grid.format(), timeUs, timeUs, true, unit), timeUs);
            }
        });
        for (Frame unit : units) {
            if (grid.nearest(unit.presentationTimeUs()) < to) {
                line.take(unit, unit.presentationTimeUs());
            }
        }
        line.fill(grid.timeUs(to));
        return placed;
    }
}
