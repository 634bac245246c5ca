package org.reelcast.segment;

import java.util.List;
import org.reelcast.media.Frame;

/**
 * The frames of a media segment, or of a part of one, in decode order.
 *
 * @param video       pictures; empty where there are none
 * @param videoEndUs  decode time of the picture that follows the last one
 * @param audio       sound; empty where there is none
 * @param audioEndUs  when the frame of sound that follows the last one is heard
 */
public record SegmentFrames(List<Frame> video, long videoEndUs, List<Frame> audio, long audioEndUs) {

    /** The same at other times. */
    public SegmentFrames shifted(long us) {
        return us == 0
                ? this
                : new SegmentFrames(
                        video.stream().map(frame -> frame.shifted(us)).toList(),
                        videoEndUs + us,
                        audio.stream().map(frame -> frame.shifted(us)).toList(),
                        audioEndUs + us);
    }

    public boolean isEmpty() {
        return video.isEmpty() && audio.isEmpty();
    }
}
