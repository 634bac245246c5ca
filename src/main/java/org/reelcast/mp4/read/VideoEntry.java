package org.reelcast.mp4.read;

import java.util.Optional;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.CleanAperture;
import org.reelcast.media.Colour;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.SourceCodec;

/**
 * Pictures that are decoded here, since no viewer is sent them as they are.
 *
 * @param format the entry's four-character code
 * @param config for FFmpeg's decoder, as the codec's file format has it
 */
public record VideoEntry(
        String format,
        SourceCodec codec,
        DecoderConfig config,
        int width,
        int height,
        Optional<Colour> colour,
        Optional<AspectRatio> pixelAspect,
        Optional<CleanAperture> aperture)
        implements VisualEntry {

    @Override
    public VisualEntry withPixels(AspectRatio aspect) {
        return new VideoEntry(format, codec, config, width, height, colour, Optional.of(aspect), aperture);
    }
}
