package org.reelcast.mp4;

import java.util.Optional;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.CleanAperture;
import org.reelcast.media.Colour;

/**
 * H.264 in samples of length-prefixed NAL units (ISO 14496-15 section 5.4.2.1).
 *
 * @param format      {@code avc1}, or {@code avc3} when parameter sets may come in the samples too, and where the file
 *                    has no configuration
 * @param config      parameter sets, which may be none with avc3, and the size of the lengths
 * @param width       in pixels, as the entry says; the parameter sets have the last word
 * @param height      likewise
 * @param colour      {@code colr} with code points (ISO 14496-12 section 12.1.5); it goes before the parameter sets'
 * @param pixelAspect {@code pasp} (section 12.1.4), else as the track header's size tells it; likewise
 * @param aperture    {@code clap} (section 12.1.4) when it cuts something off
 */
public record AvcEntry(String format, AvcConfig config, int width, int height, Optional<Colour> colour,
        Optional<AspectRatio> pixelAspect, Optional<CleanAperture> aperture) implements SampleEntry {

    /** The same in a track whose header says in which size it is shown: a size of other proportions stretches it. */
    AvcEntry shownIn(int shownWidth, int shownHeight) {
        long across = (long) shownWidth * height;
        long down = (long) shownHeight * width;
        return pixelAspect.isPresent() || across <= 0 || down <= 0 || across == down ? this
                : new AvcEntry(format, config, width, height, colour, Optional.of(AspectRatio.of(across, down)),
                        aperture);
    }
}
