package org.reelcast.rendition.h264;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.SourceId;

/**
 * Walks over the pictures of an H.264 track as they are. A key frame is a picture of IDR slices. A film whose key
 * frames are recovery points (open groups of pictures) therefore has few, and a seek in it may start far before the
 * place wanted.
 *
 * <p>Pictures that the edit list cuts away before something it shows come right before that: decoders need them. Those
 * of other groups of pictures, and those at the end, do not come.
 *
 * <p>B pictures are left out where they are shown before others that are decoded earlier; those that are not, as
 * encoders for low delay make them, are like any other.
 */
final class PassThroughReader implements FrameReader {
    private static final Logger LOG = Logger.getLogger(PassThroughReader.class.getName());

    private final PictureReader pictures;
    private final boolean dropB;
    private final SourceId film;
    private boolean warned;
    private final Format first;
    private final EditPreroll preroll;
    private boolean tooLong;
    private long lastUs = Long.MIN_VALUE;

    PassThroughReader(Track track, ByteSource source, SharedBlocks blocks, Format first, boolean dropB) {
        this.pictures = new PictureReader(track, source, blocks, false);
        this.first = first;
        this.dropB = dropB;
        this.film = source.id();
        this.preroll = new EditPreroll(track);
    }

    @Override
    public Frame next() throws IOException {
        while (pictures.next()) {
            boolean b = pictures.hasBSlice();
            boolean left = dropB && pictures.isReorderedB();
            if ((left || b && !dropB) && !warned) {
                warned = true;
                BFrameWarning.say(film, dropB ? "they are left out" : "browsers do not play it over WebRTC");
            }
            SampleCursor at = pictures.at();
            boolean hidden = EditPreroll.holds(at);
            if (!left && (hidden ? leads(at) : !at.isCut())) {
                // without B pictures the order of decoding is that of showing
                // a picture of which an edit shows only the end comes when the edit starts, and not before the last one
                long shownUs =
                        hidden ? preroll.timeUs(at.index()) : Math.max(at.presentationTimeUs(), at.editStartUs());
                lastUs = hidden ? lastUs : Math.max(lastUs, shownUs);
                return new Frame(
                        format(),
                        dropB || hidden ? shownUs : at.decodeTimeUs(),
                        shownUs,
                        pictures.isIdr(),
                        pictures.payload());
            }
        }
        return null;
    }

    /** Whether a picture that is not shown goes out: not those before the key frame that the edit needs. */
    private boolean leads(SampleCursor at) throws IOException {
        int index = at.index();
        if (preroll.isUnderWay(index)) {
            return !tooLong;
        }
        int key = preroll.look(at);
        boolean isElsewhere = key > index;
        if (isElsewhere) {
            pictures.standBeforeIdr(key, index);
        }
        tooLong = !preroll.start(isElsewhere ? pictures.following() : index, lastUs);
        if (tooLong) {
            LOG.log(
                    Level.WARNING,
                    "{0} shows what follows {1} s broken up to the next key frame: too many pictures"
                            + " that its edit list hides lead there",
                    new Object[] {film.location(), lastUs / 1_000_000});
        }
        return !isElsewhere && !tooLong;
    }

    private Format format() {
        return first.equals(pictures.format()) ? first : pictures.format();
    }

    @Override
    public void seek(long timeUs) throws IOException {
        lastUs = Long.MIN_VALUE;
        preroll.forget();
        pictures.seekIdr(timeUs);
    }

    @Override
    public void close() {
        pictures.close();
    }
}
