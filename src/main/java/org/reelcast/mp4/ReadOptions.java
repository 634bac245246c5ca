package org.reelcast.mp4;

/**
 * What is made of a film where the file leaves a choice.
 *
 * @param sound          which of several sounds plays
 * @param longestPauseUs a clock of fragments that jumps further goes on without the jump
 */
public record ReadOptions(SoundChoice sound, long longestPauseUs) {
    /** The film's own order, and all its pauses. */
    public static final ReadOptions AS_IN_FILE = new ReadOptions(SoundChoice.FIRST, Long.MAX_VALUE);
}
