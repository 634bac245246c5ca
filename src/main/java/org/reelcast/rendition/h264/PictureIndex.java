package org.reelcast.rendition.h264;

import java.io.IOException;
import org.reelcast.media.FrameIndex;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;

/**
 * The pictures of a track whose file does not tell its key frames (no {@code stss}, ISO/IEC 14496-12 section 8.6.2, or
 * fragments that call every picture one): each is read and looked at.
 */
final class PictureIndex implements FrameIndex {
    private final PictureReader pictures;

    PictureIndex(Track track, ByteSource source, SharedBlocks blocks) {
        pictures = new PictureReader(track, source, blocks, true);
    }

    @Override
    public boolean next() throws IOException {
        while (pictures.next()) {
            if (!pictures.at().isCut()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void seek(long timeUs) throws IOException {
        pictures.seekKey(timeUs);
    }

    @Override
    public long decodeTimeUs() {
        return pictures.at().decodeTimeUs();
    }

    @Override
    public long presentationTimeUs() {
        return Math.max(pictures.at().presentationTimeUs(), pictures.at().editStartUs());
    }

    @Override
    public boolean isKey() {
        return pictures.isKey();
    }

    @Override
    public int size() {
        return pictures.at().size();
    }

    @Override
    public int format() {
        return pictures.at().entry();
    }
}
