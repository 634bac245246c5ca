package org.reelcast.process.mixer.layout;

/**
 * An input of a mixer as a layout sees it.
 *
 * @param aspect  width of what is shown of it to its height
 * @param desktop whether it is a screen that somebody shares, which is to be large
 */
public record Tile(double aspect, boolean desktop) {}
