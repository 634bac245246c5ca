package org.reelcast.cluster.grid;

import java.io.IOException;

/** The other nodes cannot be had now, or not at all; the message is a sentence. */
public final class GridException extends IOException {
    private static final long serialVersionUID = 1L;

    public GridException(String sentence) {
        super(sentence);
    }

    GridException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
