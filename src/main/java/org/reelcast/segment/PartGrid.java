package org.reelcast.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameIndex;
import org.reelcast.media.SeekableTrack;

/**
 * Where the partial segments of a segment end, by the decode times of the track that leads: a part is closed before the
 * frame that would make it longer than the target. Does not change.
 */
public final class PartGrid {
    /**
     * Of a segment's last part: players take a segment for loaded whose end is nearer than that (hls.js,
     * {@code maxFragLookUpTolerance}), leave a shorter one out, and stand still at the hole.
     */
    public static final long SHORTEST_LAST_US = 250_000;

    private final long startUs;
    /** Ascending; the last is the segment's end. */
    private final long[] endsUs;
    /** What the leading track's presentation is later than its decoding where the segment starts. */
    private final long delayUs;

    private PartGrid(long startUs, long[] endsUs, long delayUs) {
        this.startUs = startUs;
        this.endsUs = endsUs;
        this.delayUs = delayUs;
    }

    /** Reads a segment's stretch of the index. @param track that the plan was made by */
    public static PartGrid of(SeekableTrack track, SegmentPlan plan, int segment, long targetUs) throws IOException {
        FrameIndex index = track.index();
        long startUs = plan.decodeUs(segment);
        long endUs = plan.decodeUs(segment + 1);
        if (segment > 0) {
            index.seek(plan.startUs(segment));
        }
        long[] times = new long[256];
        int count = 0;
        while (index.next() && index.decodeTimeUs() - plan.advanceUs() < endUs) {
            times = count == times.length ? Arrays.copyOf(times, count * 2) : times;
            times[count++] = index.decodeTimeUs() - plan.advanceUs();
        }
        long[] ends = ends(startUs, Arrays.copyOf(times, count), endUs, targetUs);
        return new PartGrid(startUs, ends, plan.startUs(segment) - startUs);
    }

    /** The first part, which starts with a key frame and may be as short as it likes, makes up for a last one that is too short. */
    private static long[] ends(long startUs, long[] times, long endUs, long targetUs) {
        long[] longest = ends(startUs, startUs, times, endUs, targetUs);
        long[] ends = longest;
        int first = Arrays.binarySearch(times, longest[0]);
        while (lastUs(ends, startUs) < SHORTEST_LAST_US && --first > 0 && times[first] > startUs) {
            ends = ends(startUs, times[first], times, endUs, targetUs);
        }
        return lastUs(ends, startUs) < SHORTEST_LAST_US ? longest : ends;
    }

    private static long lastUs(long[] ends, long startUs) {
        int last = ends.length - 1;
        return ends[last] - (last == 0 ? startUs : ends[last - 1]);
    }

    /** @param firstUs where the first part ends; the start for as late as it can */
    private static long[] ends(long startUs, long firstUs, long[] times, long endUs, long targetUs) {
        long[] ends = new long[times.length + 2];
        int count = 0;
        long partUs = firstUs;
        if (firstUs > startUs) {
            ends[count++] = firstUs;
        }
        long lastUs = partUs;
        for (long timeUs : times) {
            // how long the last frame lasts is known now
            if (timeUs > partUs && timeUs - partUs > targetUs && lastUs > partUs) {
                ends[count++] = lastUs;
                partUs = lastUs;
            }
            lastUs = Math.max(partUs, timeUs);
        }
        if (endUs - partUs > targetUs && lastUs > partUs) {
            ends[count++] = lastUs;
        }
        ends[count++] = endUs;
        return Arrays.copyOf(ends, count);
    }

    public int count() {
        return endsUs.length;
    }

    public long lengthUs(int part) {
        return endsUs[part] - (part == 0 ? startUs : endsUs[part - 1]);
    }

    /** How long after the segment's start the part ends. */
    public long endUs(int part) {
        return endsUs[part] - startUs;
    }

    /**
     * The frames of a segment, sorted into its parts.
     *
     * @param shiftUs      how much later than in the film the pictures are
     * @param soundShiftUs likewise the sound, of which a part has what sounds for the greater part while it lasts
     */
    public List<SegmentFrames> cut(SegmentFrames all, long shiftUs, long soundShiftUs) {
        List<SegmentFrames> parts = new ArrayList<>(endsUs.length);
        int nextPicture = 0;
        int nextSound = 0;
        for (int part = 0; part < endsUs.length; part++) {
            boolean last = part == endsUs.length - 1;
            long endUs = last ? Long.MAX_VALUE : endsUs[part] + shiftUs;
            int picture = last ? all.video().size() : before(all.video(), nextPicture, endUs);
            int sound = last ? all.audio().size() : soundBefore(all, nextSound, endsUs[part] + delayUs + soundShiftUs);
            parts.add(new SegmentFrames(
                    all.video().subList(nextPicture, picture),
                    picture < all.video().size() ? all.video().get(picture).decodeTimeUs() : all.videoEndUs(),
                    all.audio().subList(nextSound, sound),
                    sound < all.audio().size() ? all.audio().get(sound).decodeTimeUs() : all.audioEndUs()));
            nextPicture = picture;
            nextSound = sound;
        }
        return parts;
    }

    private static int soundBefore(SegmentFrames all, int from, long endUs) {
        List<Frame> units = all.audio();
        int at = from;
        while (at < units.size()) {
            long nextUs = at + 1 < units.size() ? units.get(at + 1).decodeTimeUs() : all.audioEndUs();
            if ((units.get(at).decodeTimeUs() + nextUs) / 2 >= endUs) {
                break;
            }
            at++;
        }
        return at;
    }

    private static int before(List<Frame> frames, int from, long endUs) {
        int at = from;
        while (at < frames.size() && frames.get(at).decodeTimeUs() < endUs) {
            at++;
        }
        return at;
    }
}
