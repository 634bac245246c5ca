package org.reelcast.rendition.reencode;

import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/**
 * The parameters of re-encoding, which takes the B-frames out of films and gives them the shape in which they are
 * shown.
 *
 * @param quantizer    0 (best) to 51
 * @param reduces      whether a film that cannot be encoded as fast as it is shown is shown smaller meanwhile, rather
 *                     than with its B-frames left out
 * @param deinterlaces whether whole pictures are made of interlaced ones
 */
public record ReencodingParameters(int quantizer, boolean reduces, boolean deinterlaces) {

    public static ReencodingParameters of(Settings settings) {
        return new ReencodingParameters(
                settings.get(Keys.VOD_BFRAMES_QUANTIZER),
                settings.get(Keys.VOD_BFRAMES_FALLBACK).equals("reduce"),
                settings.get(Keys.DEINTERLACE).equals("auto"));
    }
}
