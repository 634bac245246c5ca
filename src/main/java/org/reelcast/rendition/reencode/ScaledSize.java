package org.reelcast.rendition.reencode;

/**
 * A size in which a film's picture is wanted.
 *
 * @param width   of the picture as it is shown; even, as the height
 * @param bitrate in bits a second
 */
public record ScaledSize(int width, int height, int bitrate) {}
