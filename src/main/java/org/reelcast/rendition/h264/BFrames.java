package org.reelcast.rendition.h264;

import java.io.IOException;
import org.reelcast.bitstream.h264.ParameterSets;
import org.reelcast.bitstream.h264.Sps;
import org.reelcast.mp4.read.AvcEntry;
import org.reelcast.mp4.read.SampleEntry;
import org.reelcast.mp4.read.Track;
import org.reelcast.storage.ByteSource;

/**
 * Finds out whether a track has B-frames, pictures shown before others that are decoded earlier, without going through
 * it: by the composition offsets in the index; where those leave it open, by the parameter sets and by the slice types
 * of the first pictures, or, where the sets rule out reordering, by the order in which those are shown.
 */
public final class BFrames {
    private static final int PICTURES = 24;
    /** The same where the parameter sets say that there is nothing to be found. */
    private static final int DENIED_PICTURES = 6;

    private BFrames() {}

    /** Looks at the index and, when that leaves it open, at the first pictures. What cannot be read has none. */
    public static boolean in(Track track, ByteSource source) {
        // whatever the parameter sets of the header say: what was joined behind the first film has its own
        if (track.samples().hasReordering()) {
            return true;
        }
        if (track.entries().stream().map(BFrames::set).allMatch(sps -> sps != null && sps.isBaseline())) {
            return false;
        }
        // sets that deny it may be wrong; B slices alone are none: pictures that refer to earlier ones only have them
        boolean denied = track.entries().stream().map(BFrames::set).noneMatch(sps -> sps == null || sps.mayReorder());
        // of a film in fragments only the first of them is known
        if (!track.samples().isComplete()
                && track.entries().stream().map(BFrames::set).anyMatch(sps -> sps != null && sps.reorderFrames() > 0)) {
            return true;
        }
        PictureReader pictures = new PictureReader(track, source);
        try {
            // what is known is enough then: of fragments each may be a request to a store
            int most = denied ? Math.min(DENIED_PICTURES, track.samples().count()) : PICTURES;
            for (int i = 0; i < most && pictures.next(); i++) {
                if (denied ? pictures.isReorderedB() : pictures.hasBSlice()) {
                    return true;
                }
            }
        } catch (IOException e) {
            // whoever plays it will run into the same and say so
            return false;
        } finally {
            pictures.close();
        }
        return false;
    }

    /** @return null when the entry has none */
    private static Sps set(SampleEntry entry) {
        AvcEntry avc = (AvcEntry) entry;
        ParameterSets sets = new ParameterSets();
        sets.reset(avc.config());
        return sets.sps();
    }
}
