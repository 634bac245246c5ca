package org.reelcast.rendition.reencode;

import java.io.IOException;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.Format;
import org.reelcast.media.FrameIndex;
import org.reelcast.media.FrameReader;
import org.reelcast.media.SeekableTrack;

/** A film's picture with key frames two seconds apart at most, for who cuts it: encoded as it is read, in full. */
final class RecutTrack implements SeekableTrack {
    private final ReencodedTrack track;
    private final NanoClock clock;
    private final Format format;

    /** @param format with the parameter sets of the first picture */
    RecutTrack(ReencodedTrack track, NanoClock clock, Format format) {
        this.track = track;
        this.clock = clock;
        this.format = format;
    }

    @Override
    public Format format() {
        return format;
    }

    @Override
    public long durationUs() {
        return track.spec().track().durationUs();
    }

    @Override
    public FrameIndex index() throws IOException {
        return new RecutIndex(track.spec());
    }

    @Override
    public FrameReader reader() {
        return new RecutReader(track, clock);
    }
}
