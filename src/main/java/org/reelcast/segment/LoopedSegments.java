package org.reelcast.segment;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.reelcast.loop.Blocking;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;

/**
 * The segments of a film that is played over and over, on one timeline of all passes: pictures follow each other without
 * a gap over the seam, and access units of AAC stay on one grid of their length, as a pass is rarely a whole number of
 * them: at a seam one is left out or a silent one added, and sound is never further from its picture than half a unit.
 * Where the film has no sound there is silence: players wait at gaps, and drift by them. The same segment has the same
 * bytes whenever and in whatever order it is read.
 */
public final class LoopedSegments {
    /** Added to all times: what comes before the film's start must not be negative (ISO/IEC 14496-12 section 8.8.12). */
    public static final long OFFSET_US = 10_000_000;

    private final FilmSegments film;
    private final long passUs;
    private final Optional<UnitGrid> grid;

    /**
     * @param passUs as long as the film, or as all of its passes are
     * @param audio  the film's sound
     * @param firstUs when the film's first frame of sound that is heard is heard
     */
    public LoopedSegments(FilmSegments film, long passUs, Optional<AacFormat> audio, long firstUs) {
        this.film = film;
        this.passUs = passUs;
        this.grid = audio.map(format -> new UnitGrid(format, firstUs));
    }

    /** How much later than in the film, times of that pass are. */
    public long shiftUs(long pass) {
        return OFFSET_US + pass * passUs;
    }

    /** The same of sound, whose units have places of their own. */
    public long soundShiftUs(long pass) {
        return grid.map(by -> OFFSET_US + by.timeUs(by.count(pass * passUs)) - by.timeUs(0))
                .orElse(shiftUs(pass));
    }

    /** The frames of a segment in that pass. */
    @Blocking
    public SegmentFrames read(long pass, int segment) throws IOException {
        SegmentFrames shifted = film.read(segment, true, false).shifted(shiftUs(pass));
        if (grid.isEmpty()) {
            return shifted;
        }
        UnitGrid by = grid.get();
        long first = by.count(pass * passUs);
        long units = by.count((pass + 1) * passUs) - first;
        long from = start(segment, units);
        long to = start(segment + 1, units);
        // what only prepares the decoder has no place between two passes: whoever joins does without
        List<Frame> sound = UnbrokenAudio.place(by, film.sound(segment, by.unitUs()), from, to, first).stream()
                .map(unit -> unit.shifted(OFFSET_US))
                .toList();
        return new SegmentFrames(shifted.video(), shifted.videoEndUs(), sound, OFFSET_US + by.timeUs(first + to));
    }

    /** The first unit of a segment, which is behind the last of the segment before, whatever the film has there. */
    private long start(int segment, long units) {
        return segment == 0
                ? 0
                : segment == film.plan().count()
                        ? units
                        : Math.max(
                                0,
                                Math.min(
                                        units,
                                        grid.orElseThrow().nearest(film.plan().startUs(segment))));
    }
}
