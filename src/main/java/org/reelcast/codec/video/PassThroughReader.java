package org.reelcast.codec.video;

import java.io.IOException;
import org.reelcast.codec.Format;
import org.reelcast.codec.Frame;
import org.reelcast.codec.FrameReader;
import org.reelcast.codec.samples.SharedBlocks;
import org.reelcast.mp4.SampleCursor;
import org.reelcast.mp4.Track;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.SourceId;

/**
 * Walks over the pictures of an H.264 track as they are. A key frame is a picture of IDR slices. A film whose key
 * frames are recovery points (open groups of pictures) therefore has few, and a seek in it may start far before the
 * place wanted.
 *
 * <p>Pictures that the edit list cuts away at the start come with times before 0: decoders need them. Those cut away at
 * the end do not come.
 */
final class PassThroughReader implements FrameReader {
    private final PictureReader pictures;
    private final boolean dropB;
    private final SourceId film;
    private boolean warned;
    private final Format first;

    PassThroughReader(Track track, ByteSource source, SharedBlocks blocks, Format first, boolean dropB) {
        this.pictures = new PictureReader(track, source, blocks);
        this.first = first;
        this.dropB = dropB;
        this.film = source.id();
    }

    @Override
    public Frame next() throws IOException {
        while (pictures.next()) {
            boolean b = pictures.hasBSlice();
            if (b && !warned) {
                warned = true;
                BFrameWarning.say(film, dropB ? "they are left out" : "browsers do not play it over WebRTC");
            }
            SampleCursor at = pictures.at();
            boolean cutAtEnd = at.presentationTimeUs() > 0 && at.isCut();
            if (!cutAtEnd && !(dropB && b)) {
                // without B pictures the order of decoding is that of showing
                long shownUs = at.presentationTimeUs();
                return new Frame(format(), dropB ? shownUs : at.decodeTimeUs(), shownUs, pictures.isIdr(),
                        pictures.payload());
            }
        }
        return null;
    }

    private Format format() {
        return first.equals(pictures.format()) ? first : pictures.format();
    }

    @Override
    public void seek(long timeUs) throws IOException {
        pictures.seekIdr(timeUs);
    }

    @Override
    public void close() {
        pictures.close();
    }
}
