package org.reelcast.stream;

import java.util.List;
import java.util.Optional;
import org.reelcast.media.Format;
import org.reelcast.refusal.Refusal;

/**
 * In which sizes and at which bitrates a stream can be had by players that change between them as their network does.
 * Registered with {@link Streams} by who makes them.
 */
public interface Ladder {

    /**
     * One of them: its key frames are at the same pictures as those of the others.
     *
     * @param label   names it within the stream, in letters, digits, dots and dashes
     * @param variant what it is opened as
     * @param width   of its picture; 0 while that is not known, as the height
     * @param bitrate of its picture in bits a second
     * @param sound   whether there is sound, too
     */
    record Rung(String label, Variant variant, int width, int height, int bitrate, boolean sound) {}

    /**
     * All of a stream or film, in the order in which players are offered them.
     *
     * @param name    by which it was asked for
     * @param picture what it looks like; empty when there is none
     * @param sound   whether there is sound
     * @throws Refusal when there are none
     */
    List<Rung> rungs(String name, Optional<Format> picture, boolean sound) throws Refusal;
}
