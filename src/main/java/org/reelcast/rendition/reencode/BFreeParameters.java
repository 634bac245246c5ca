package org.reelcast.rendition.reencode;

import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/**
 * How films are encoded without their B-frames.
 *
 * @param quantizer 0 (best) to 51
 * @param reduces   whether a film that cannot be encoded as fast as it is shown is shown smaller meanwhile, rather than
 *                  with its B-frames left out
 */
public record BFreeParameters(int quantizer, boolean reduces) {

    public static BFreeParameters of(Settings settings) {
        return new BFreeParameters(settings.get(Keys.VOD_BFRAMES_QUANTIZER),
                settings.get(Keys.VOD_BFRAMES_FALLBACK).equals("reduce"));
    }
}
