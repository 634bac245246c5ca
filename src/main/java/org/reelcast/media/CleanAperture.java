package org.reelcast.media;

/**
 * The part of a decoded picture that is to be shown (ISO 14496-12 section 12.1.4), in whole pixels, before the picture
 * is mirrored or turned. It lies within the picture and is not empty.
 *
 * @param left pixels that are not shown at the left
 * @param top  rows that are not shown above
 */
public record CleanAperture(int left, int top, int width, int height) {}
