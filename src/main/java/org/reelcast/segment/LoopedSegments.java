package org.reelcast.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;

/**
 * The segments of a film that is played over and over, on one timeline of all passes: pictures follow each other without
 * a gap over the seam, and access units of AAC stay on one grid of their length, as a pass is rarely a whole number of
 * them: at a seam one is left out or missing, and sound is never further from its picture than half a unit. The same
 * segment has the same bytes whenever and in whatever order it is read.
 */
public final class LoopedSegments {
    /** Added to all times: what comes before the film's start must not be negative (ISO/IEC 14496-12 section 8.8.12). */
    public static final long OFFSET_US = 10_000_000;

    private static final long SECOND_US = 1_000_000;

    private final FilmSegments film;
    private final long passUs;
    private final Optional<Grid> grid;

    /**
     * Where access units lie.
     *
     * @param firstUs when the first one that is heard is heard in the film
     */
    private record Grid(int samples, int sampleRate, long firstUs) {

        /** The access unit that begins nearest to a time. */
        long nearest(long us) {
            long half = 2 * Math.floorDiv(us, SECOND_US) * sampleRate
                    + 2 * Math.floorMod(us, SECOND_US) * sampleRate / SECOND_US;
            return Math.floorDiv(half + samples, 2L * samples);
        }

        long timeUs(long unit) {
            long sample = unit * samples;
            return Math.floorDiv(sample, sampleRate) * SECOND_US
                    + (Math.floorMod(sample, sampleRate) * SECOND_US + sampleRate / 2) / sampleRate;
        }
    }

    /**
     * @param passUs as long as the film, or as all of its passes are
     * @param audio  the film's sound
     * @param firstUs when the film's first frame of sound that is heard is heard
     */
    public LoopedSegments(FilmSegments film, long passUs, Optional<AacFormat> audio, long firstUs) {
        this.film = film;
        this.passUs = passUs;
        this.grid = audio.map(format -> new Grid(
                AudioSpecificConfig.parse(format.config().bytes()).frameSamples(), format.sampleRate(), firstUs));
    }

    /** How much later than in the film, times of that pass are. */
    public long shiftUs(long pass) {
        return OFFSET_US + pass * passUs;
    }

    /** The frames of a segment in that pass. Blocks. */
    public SegmentFrames read(long pass, int segment) throws IOException {
        SegmentFrames read = film.read(segment);
        SegmentFrames shifted = new SegmentFrames(read.video(), read.videoEndUs(), List.of(), 0)
                .shifted(shiftUs(pass));
        if (grid.isEmpty()) {
            return shifted;
        }
        List<Frame> sound = new ArrayList<>(read.audio().size());
        long endUs = place(read.audio(), pass, sound);
        return new SegmentFrames(shifted.video(), shifted.videoEndUs(), sound, endUs);
    }

    /** @return when the access unit that follows is heard */
    private long place(List<Frame> units, long pass, List<Frame> placed) {
        Grid by = grid.orElseThrow();
        long first = by.nearest(pass * passUs);
        long count = by.nearest((pass + 1) * passUs) - first;
        long next = -1;
        for (Frame unit : units) {
            long index = by.nearest(unit.presentationTimeUs() - by.firstUs());
            // what only prepares the decoder has no place after the first pass
            if (index >= 0 && index < count && index >= next || pass == 0 && index < 0) {
                long timeUs = OFFSET_US + by.firstUs() + by.timeUs(first + index);
                placed.add(unit.shifted(timeUs - unit.presentationTimeUs()));
                next = index + 1;
            }
        }
        return OFFSET_US + by.firstUs() + by.timeUs(first + next);
    }
}
