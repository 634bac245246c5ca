package org.reelcast.mp4.read;

import java.util.Optional;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.CleanAperture;
import org.reelcast.media.Colour;

/** How the pictures of a video track are coded, and how they are to be shown. */
public sealed interface VisualEntry extends SampleEntry permits AvcEntry, VideoEntry {

    /** In pixels, as the entry says; what the pictures themselves say goes before it, as with {@link #height}. */
    int width();

    int height();

    /** {@code colr} with code points (ISO 14496-12 section 12.1.5); it goes before what the pictures say. */
    Optional<Colour> colour();

    /** {@code pasp} (section 12.1.4), else as the track header's size tells it; likewise. */
    Optional<AspectRatio> pixelAspect();

    /** {@code clap} (section 12.1.4) when it cuts something off. */
    Optional<CleanAperture> aperture();

    /** The same with pixels of that shape. */
    VisualEntry withPixels(AspectRatio aspect);

    /** The same in a track whose header says in which size it is shown: a size of other proportions stretches it. */
    default VisualEntry shownIn(int shownWidth, int shownHeight) {
        long across = (long) shownWidth * height();
        long down = (long) shownHeight * width();
        return pixelAspect().isPresent() || across <= 0 || down <= 0 || across == down
                ? this
                : withPixels(AspectRatio.of(across, down));
    }
}
