package org.reelcast.codec.video;

import java.io.IOException;
import org.reelcast.codec.h264.ParameterSets;
import org.reelcast.codec.h264.Sps;
import org.reelcast.mp4.AvcEntry;
import org.reelcast.mp4.SampleEntry;
import org.reelcast.mp4.Track;
import org.reelcast.storage.ByteSource;

/**
 * Finds out whether a track has B-frames without going through it: by the composition offsets in the index; where those
 * leave it open, by the parameter sets, which may rule them out, and by the slice types of the first pictures.
 */
public final class BFrames {
    private static final int PICTURES = 24;

    private BFrames() {
    }

    /** Looks at the index and, when that leaves it open, at the first pictures. What cannot be read has none. */
    public static boolean in(Track track, ByteSource source) {
        // whatever the parameter sets of the header say: what was joined behind the first film has its own
        if (track.samples().hasReordering()) {
            return true;
        }
        if (track.entries().stream().map(BFrames::set).noneMatch(sps -> sps == null || sps.mayReorder())) {
            return false;
        }
        // of a film in fragments only the first of them is known
        if (!track.samples().isComplete()
                && track.entries().stream().map(BFrames::set).anyMatch(sps -> sps != null && sps.reorderFrames() > 0)) {
            return true;
        }
        PictureReader pictures = new PictureReader(track, source);
        try {
            for (int i = 0; i < PICTURES && pictures.next(); i++) {
                if (pictures.hasBSlice()) {
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
        sets.reset(avc.sps(), avc.pps());
        return sets.sps();
    }
}
