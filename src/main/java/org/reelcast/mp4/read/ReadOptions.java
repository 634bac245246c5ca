package org.reelcast.mp4.read;

/**
 * What is made of a film where the file leaves a choice.
 *
 * @param sound          which of several sounds plays
 * @param longestPauseUs a clock of fragments that jumps further goes on without the jump
 * @param decodes        whether tracks of other codecs than H.264, AAC and Opus can be played
 */
public record ReadOptions(AudioChoice sound, long longestPauseUs, boolean decodes) {
    /** The film's own order, all its pauses, and of its tracks those that need no decoder. */
    public static final ReadOptions AS_IN_FILE = new ReadOptions(AudioChoice.FIRST, Long.MAX_VALUE, false);
}
