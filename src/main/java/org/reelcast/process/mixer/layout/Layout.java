package org.reelcast.process.mixer.layout;

import java.util.List;

/** Gives each input of a mixer its place on the canvas. */
public interface Layout {

    /**
     * The cells of the inputs, in the order of the inputs; a later one may lie on an earlier one.
     *
     * @param tiles  at least one
     * @param width  of the canvas, even, as the height
     */
    List<Cell> cells(List<Tile> tiles, int width, int height);
}
