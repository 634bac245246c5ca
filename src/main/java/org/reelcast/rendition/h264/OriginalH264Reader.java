package org.reelcast.rendition.h264;

import java.io.IOException;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;

/**
 * Walks over the samples of an H.264 track as they are, in the order of decoding. Of what the edit list hides, only
 * groups of pictures come of which something is shown: what comes before the edit's start right before it, close
 * together and in its order, since decoders need it; {@link Frame#shownFromUs} tells where the edit starts.
 */
final class OriginalH264Reader implements FrameReader {
    private final PictureReader pictures;
    private final Format first;
    private final EditPreroll preroll;
    private long lastDecodeUs = Long.MIN_VALUE;

    OriginalH264Reader(Track track, ByteSource source, SharedBlocks blocks, Format first) {
        this.pictures = new PictureReader(track, source, blocks, true);
        this.first = first;
        this.preroll = new EditPreroll(track);
    }

    @Override
    public Frame next() throws IOException {
        while (pictures.nextSample()) {
            SampleCursor at = pictures.at();
            boolean hidden = EditPreroll.holds(at);
            if (!hidden || leads(at)) {
                long startUs = at.editStartUs();
                long shownUs = hidden ? preroll.presentationTimeUs(at) : Math.max(at.presentationTimeUs(), startUs);
                // where an edit leaves something out, pictures of both sides may claim the same time
                lastDecodeUs = Math.max(lastDecodeUs + 1, hidden ? preroll.decodeTimeUs(at) : at.decodeTimeUs());
                return new Frame(
                        format(),
                        lastDecodeUs,
                        shownUs,
                        hidden ? startUs : shownUs,
                        pictures.isKey(),
                        pictures.units());
            }
        }
        return null;
    }

    /** Whether a hidden picture comes: not when the edit starts, or can be decoded from, behind it. */
    private boolean leads(SampleCursor at) throws IOException {
        int index = at.index();
        if (preroll.goesOn(at)) {
            return true;
        }
        int key = preroll.look(at);
        boolean isElsewhere = key > index;
        if (isElsewhere) {
            pictures.standBeforeKey(key, index);
        }
        preroll.startOrdered(isElsewhere ? pictures.following() : index);
        return !isElsewhere;
    }

    private Format format() {
        return first.equals(pictures.format()) ? first : pictures.format();
    }

    @Override
    public void seek(long timeUs) throws IOException {
        lastDecodeUs = Long.MIN_VALUE;
        preroll.forget();
        pictures.seekKey(timeUs);
    }

    @Override
    public void close() {
        pictures.close();
    }
}
