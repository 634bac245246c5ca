package org.reelcast.codec.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import org.reelcast.bitstream.CodecConfigException;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/**
 * The NAL units of a track's frames as one decoder needs them, frame after frame: parameter sets that the format has
 * outside of the frames stand in front of the first frame they hold for. For one thread at a time.
 */
public final class FrameUnits {
    private DecoderConfig sent = DecoderConfig.NONE;

    /** The frame's units, the parameter sets of its format in front where they are others than before. */
    public Slice[] of(Frame frame) {
        List<Slice> units = new ArrayList<>();
        DecoderConfig config = frame.format().config();
        if (!config.isEmpty() && !config.equals(sent)) {
            try {
                AvcConfig sets = AvcConfig.parse(config.bytes());
                sets.sps().forEach(set -> units.add(Slice.of(set)));
                sets.pps().forEach(set -> units.add(Slice.of(set)));
            } catch (CodecConfigException e) {
                // what does not decode without them is not shown
                units.clear();
            }
        }
        sent = config;
        for (int i = 0; i < frame.slices(); i++) {
            units.add(frame.slice(i));
        }
        return units.toArray(Slice[]::new);
    }
}
