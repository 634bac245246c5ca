package org.reelcast.process.mixer;

import java.awt.image.BufferedImage;
import org.reelcast.live.images.ImageFolder;
import org.reelcast.loop.Blocking;
import org.reelcast.refusal.Refusal;

/**
 * What stands for the picture of a stream that has none.
 *
 * @param name of its file
 */
record Avatar(String name, BufferedImage image) {

    /** @throws Refusal when there is no such image */
    @Blocking
    static Avatar read(String name, ImageFolder images) throws Refusal {
        return new Avatar(name, images.read(name));
    }
}
