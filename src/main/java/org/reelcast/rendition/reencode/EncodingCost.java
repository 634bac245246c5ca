package org.reelcast.rendition.reencode;

import java.util.Optional;

/**
 * What encoding a film's picture costs on this machine.
 *
 * @param cores       of this machine that are busy while it plays for the first time
 * @param width       of what is made of it, in full
 * @param height      likewise
 * @param perSecond   pictures of it a second
 * @param isSustained whether all of it is made as fast as it is shown
 * @param reduced     what the first viewers see where it is not, in words; empty where that is as it was
 */
public record EncodingCost(
        double cores, int width, int height, int perSecond, boolean isSustained, Optional<String> reduced) {}
