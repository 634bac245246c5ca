package org.reelcast.mp4.read;

import java.io.IOException;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.box.Window;
import org.reelcast.refusal.Refusal;
import org.reelcast.storage.ByteSource;

/** How a file is laid out, told by the heads of its boxes alone. */
public final class FileLayout {
    private static final int SCAN = 64;

    private FileLayout() {}

    /**
     * Whether the media data comes before the index ({@code mdat} before {@code moov}, ISO 14496-12 section 8.1), so
     * that playing has to wait for the end of the file. Of a file that is no MP4 this is not said. Reads up to the
     * first of the two and no further.
     *
     * @throws IOException when its bytes cannot be had
     */
    public static boolean isIndexBehindData(ByteSource source) throws IOException {
        Window window = new Window(source, SCAN);
        long position = 0;
        try {
            for (int i = 0; i < Limits.TOP_LEVEL && source.size() - position >= 8; i++) {
                Box box = Box.read(window, position, source.size());
                if (box.is(BoxType.MOOV)) {
                    return false;
                }
                if (box.is(BoxType.MDAT)) {
                    return true;
                }
                position = box.end();
            }
        } catch (Refusal e) {
            // whoever reads the index says what is wrong with the file
            return false;
        }
        return false;
    }
}
