package org.reelcast.rendition;

/** The encoding of a rendition that is made while it plays: its readers may have to wait for an encoder. */
public interface Encoding {

    /** Whether a new reader would wait for pictures that nobody has time to encode; may read a little from the disk. */
    boolean isStarved();

    /** Whether something of it is being made for later viewers: until then the rendition is better not closed. */
    boolean isBusy();
}
