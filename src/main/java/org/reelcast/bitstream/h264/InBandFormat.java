package org.reelcast.bitstream.h264;

import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Slice;

/** The format of pictures whose key frames bring their parameter sets. */
public final class InBandFormat {
    private InBandFormat() {}

    /**
     * The format from an access unit on.
     *
     * @param before the last one; stays where the unit has no sets, or the same
     * @param rotation degrees clockwise to turn the picture for display
     */
    public static Format of(Slice[] units, Format before, int rotation) {
        for (Slice unit : units) {
            Sps sps = Sps.parse(unit.array(), unit.offset(), unit.length());
            if (sps != null) {
                Format own = Format.video(Codec.H264, sps.width(), sps.height(), rotation, sps.profileLevelId());
                return own.equals(before) ? before : own;
            }
        }
        return before;
    }
}
