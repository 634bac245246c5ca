package org.reelcast.rendition.film;

import java.util.Optional;
import org.reelcast.rendition.Rendition;

/**
 * A film's tracks as they are in the file, beside those that go to viewers.
 *
 * @param video H.264, its parameter sets in the format; empty when the film has no picture
 * @param audio AAC; empty when the film has no sound, and when that goes to viewers as it is, as Opus does
 */
public record Originals(Optional<Rendition> video, Optional<Rendition> audio) {}
