package org.reelcast.rendition.aac;

import java.io.IOException;
import java.util.List;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.Slice;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.samples.SampleReader;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;

/**
 * Walks over the access units of an AAC track as they are. Those that the edit list hides come only before the first
 * that is heard, at the times before it that are theirs: the encoder's delay, and what a decoder needs to settle.
 * Behind a part that is left out the next unit follows at once.
 */
final class OriginalAacReader implements FrameReader {
    private final Track track;
    private final SampleReader samples;
    private final SampleCursor ahead;
    private final List<Format> formats;
    private final int preroll;
    /** Index of the first unit that is heard; -1 before it was looked for. */
    private int firstHeard = -1;

    private boolean closed;

    /**
     * @param formats by sample entry
     * @param preroll how many hidden units may come
     */
    OriginalAacReader(Track track, ByteSource source, SharedBlocks blocks, List<Format> formats, int preroll) {
        this.track = track;
        this.samples = SampleReader.ofAac(source, track.samples(), blocks);
        this.ahead = track.samples().cursor();
        this.formats = formats;
        this.preroll = preroll;
    }

    @Override
    public Frame next() throws IOException {
        if (firstHeard < 0) {
            firstHeard = findFirstHeard();
            samples.standBefore(Math.max(0, firstHeard - preroll));
        }
        while (!closed && samples.next() && !samples.at().isPastEnd()) {
            SampleCursor at = samples.at();
            if (at.size() > 0 && (!at.isCut() || at.index() < firstHeard)) {
                samples.read();
                long timeUs = at.presentationTimeUs();
                return new Frame(
                        formats.get(at.entry()),
                        timeUs,
                        timeUs,
                        Math.max(timeUs, at.editStartUs()),
                        true,
                        new Slice(samples.array(), samples.offset(), samples.length()));
            }
        }
        return null;
    }

    private int findFirstHeard() throws IOException {
        for (int i = 0; ahead.seek(i) && !ahead.isPastEnd(); i++) {
            if (!ahead.isCut()) {
                return i;
            }
        }
        return 0;
    }

    @Override
    public void seek(long timeUs) throws IOException {
        SampleReader.reach(track, timeUs);
        firstHeard = 0;
        samples.standBefore(Math.max(0, track.samples().syncAtOrBefore(timeUs)));
    }

    @Override
    public void close() {
        closed = true;
    }
}
