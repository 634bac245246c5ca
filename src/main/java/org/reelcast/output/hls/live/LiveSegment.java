package org.reelcast.output.hls.live;

import java.util.ArrayList;
import java.util.List;
import org.reelcast.media.Frame;
import org.reelcast.segment.SegmentFrames;

/**
 * A segment of a live stream, with the parts that are whole so far.
 *
 * @param startUs       when it starts, on the stream's clock
 * @param coding        how it is coded: the number of its initialization segment
 * @param discontinuous whether it does not go on from the segment before
 * @param whole         whether no part follows
 */
record LiveSegment(
        long sequence, long startUs, int coding, boolean discontinuous, List<LivePart> parts, boolean whole) {

    LiveSegment with(LivePart part, boolean last) {
        List<LivePart> more = new ArrayList<>(parts);
        more.add(part);
        return new LiveSegment(sequence, startUs, coding, discontinuous, List.copyOf(more), last);
    }

    LiveSegment closed() {
        return new LiveSegment(sequence, startUs, coding, discontinuous, parts, true);
    }

    long lengthUs() {
        return parts.stream().mapToLong(LivePart::lengthUs).sum();
    }

    long bytes() {
        return parts.stream().mapToLong(LivePart::bytes).sum();
    }

    /** With what the container adds. */
    long sentBytes() {
        return parts.stream().mapToLong(LivePart::sentBytes).sum();
    }

    /** All of its frames. */
    SegmentFrames frames() {
        List<Frame> pictures = new ArrayList<>();
        List<Frame> sound = new ArrayList<>();
        long pictureEndUs = 0;
        long soundEndUs = 0;
        for (LivePart part : parts) {
            SegmentFrames frames = part.frames();
            pictures.addAll(frames.video());
            sound.addAll(frames.audio());
            pictureEndUs = frames.videoEndUs();
            soundEndUs = frames.audio().isEmpty() ? soundEndUs : frames.audioEndUs();
        }
        return new SegmentFrames(pictures, pictureEndUs, sound, soundEndUs);
    }
}
