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
        long[] ends = new long[16];
        int count = 0;
        long partUs = startUs;
        long lastUs = startUs;
        while (index.next() && index.decodeTimeUs() - plan.advanceUs() < endUs) {
            long timeUs = index.decodeTimeUs() - plan.advanceUs();
            // how long the last frame lasts is known now
            if (timeUs > partUs && timeUs - partUs > targetUs && lastUs > partUs) {
                ends = count == ends.length ? Arrays.copyOf(ends, count * 2) : ends;
                ends[count++] = lastUs;
                partUs = lastUs;
            }
            lastUs = timeUs;
        }
        ends = Arrays.copyOf(ends, count + 2);
        if (endUs - partUs > targetUs && lastUs > partUs) {
            ends[count++] = lastUs;
        }
        ends[count++] = endUs;
        return new PartGrid(startUs, Arrays.copyOf(ends, count), plan.startUs(segment) - startUs);
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
            int sound = last ? all.audio().size() : soundBefore(all, nextSound,
                    endsUs[part] + delayUs + soundShiftUs);
            parts.add(new SegmentFrames(all.video().subList(nextPicture, picture),
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
