package org.reelcast.rendition;

import org.reelcast.media.Format;
import org.reelcast.mp4.read.Track;

/** A rendition of a file's track as it is: its length is the track's, and it owns nothing. */
public abstract class TrackRendition implements Rendition {
    private final Track track;
    private final Format format;

    /** @param format of the first frame */
    protected TrackRendition(Track track, Format format) {
        this.track = track;
        this.format = format;
    }

    protected final Track track() {
        return track;
    }

    @Override
    public final Format format() {
        return format;
    }

    @Override
    public final long durationUs() {
        return track.durationUs();
    }

    @Override
    public final boolean brings(long fromUs, long untilUs) {
        return track.samples().isShownBetween(fromUs, untilUs);
    }

    @Override
    public final boolean isEndKnown() {
        return track.samples().isComplete();
    }

    /** Nothing of its own to give back: the file is its owner's. */
    @Override
    public final void close() {
        // see above
    }
}
