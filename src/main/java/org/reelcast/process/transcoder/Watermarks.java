package org.reelcast.process.transcoder;

import java.nio.file.Path;
import org.reelcast.live.images.ImageFolder;
import org.reelcast.live.images.Watermark;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** The folder of the images that may be watermarks. */
@AnyThread
final class Watermarks {
    private final ImageFolder folder;

    Watermarks(Path folder) {
        this.folder = new ImageFolder(folder);
    }

    /**
     * Reads an image.
     *
     * @param name of a file in the folder
     * @throws Refusal when there is none, or it is no PNG image, or one that is too large
     */
    @Blocking
    Watermark read(String name) throws Refusal {
        try {
            return folder.watermark(name);
        } catch (Refusal e) {
            throw new Refusal(StatusText.WRONG_ENCODER_PARAMETERS, e.getMessage(), e);
        }
    }
}
