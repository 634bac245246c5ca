package org.reelcast.rendition.samples;

import java.io.IOException;
import org.reelcast.media.FrameIndex;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.mp4.read.Track;

/** A track's samples as the file's index tells of them; those that the edit list hides are left out. */
public final class SampleIndex implements FrameIndex {
    private final Track track;
    private final SampleCursor at;
    private int following;

    public SampleIndex(Track track) {
        this.track = track;
        this.at = track.samples().cursor();
    }

    @Override
    public boolean next() throws IOException {
        while (at.seek(following) && !at.isPastEnd()) {
            following++;
            if (at.size() > 0 && !at.isCut()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void seek(long timeUs) throws IOException {
        SampleReader.reach(track, timeUs);
        following = track.samples().syncAtOrBefore(timeUs);
    }

    @Override
    public long decodeTimeUs() {
        return at.decodeTimeUs();
    }

    @Override
    public long presentationTimeUs() {
        return Math.max(at.presentationTimeUs(), at.editStartUs());
    }

    @Override
    public boolean isKey() {
        return at.isSync();
    }

    @Override
    public int size() {
        return at.size();
    }

    @Override
    public int format() {
        return at.entry();
    }
}
