package org.reelcast.process.mixer.picture;

/**
 * How text is drawn.
 *
 * @param size             of the font on pictures, in pixels
 * @param sizeAlone        of the font where there is no picture
 * @param colour           of the letters, 0xRRGGBB
 * @param background       of the box behind them
 * @param backgroundAlpha  how much of what is below the box is hidden: 0 to 255
 */
public record TextStyle(int size, int sizeAlone, int colour, int background, int backgroundAlpha) {}
