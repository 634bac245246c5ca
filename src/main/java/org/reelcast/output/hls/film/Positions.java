package org.reelcast.output.hls.film;

import org.reelcast.segment.SegmentPlan;

/**
 * The segments of a broadcast's passes, numbered on from one pass to the next. What is listed when follows from the
 * position alone.
 *
 * @param looped whether passes follow each other without end
 */
record Positions(SegmentPlan plan, boolean looped) {

    /** The first number that no segment has. */
    long end() {
        return looped ? Long.MAX_VALUE : plan.count();
    }

    long pass(long number) {
        return Math.floorDiv(number, plan.count());
    }

    int segment(long number) {
        return (int) Math.floorMod(number, (long) plan.count());
    }

    /** Where the segment starts, on the timeline of all passes. */
    long startUs(long number) {
        return pass(number) * plan.durationUs() + plan.startUs(segment(number));
    }

    long endUs(long number) {
        return startUs(number) + plan.lengthUs(segment(number));
    }

    /** Where the segment ends that is shown at that position. */
    long nextEndUs(long positionUs) {
        return startUs(Math.min(end(), at(positionUs) + 1));
    }

    /** How many segments end by then: the number of the segment that is shown at that position. */
    long at(long positionUs) {
        if (positionUs <= 0) {
            return 0;
        }
        if (!looped && positionUs >= plan.durationUs()) {
            return plan.count();
        }
        return positionUs / plan.durationUs() * plan.count() + plan.at(positionUs % plan.durationUs());
    }
}
