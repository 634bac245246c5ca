package org.reelcast.rendition.film;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.reelcast.loop.AnyThread;
import org.reelcast.media.SeekableTrack;
import org.reelcast.rendition.reencode.ReencodedRendition;

/**
 * A film's picture encoded anew with key frames seconds apart, for outputs that cannot cut it as it is. Nothing is opened
 * until somebody wants it.
 */
@AnyThread
public final class RecutPicture implements Closeable {
    /** Of a film without a picture. */
    public static final RecutPicture NONE = new RecutPicture(() -> null);

    private final Supplier<ReencodedRendition> opener;
    private ReencodedRendition opened;
    private boolean closed;

    /** @param opener gives null when it cannot be encoded here */
    RecutPicture(Supplier<ReencodedRendition> opener) {
        this.opener = opener;
    }

    /** The picture; blocks until the first one is encoded. Empty when nothing is encoded here. */
    public Optional<SeekableTrack> track() throws IOException {
        ReencodedRendition rendition = opened();
        return rendition == null ? Optional.empty() : Optional.of(rendition.recut());
    }

    private synchronized ReencodedRendition opened() {
        if (opened == null && !closed) {
            opened = opener.get();
        }
        return opened;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (opened != null) {
            opened.close();
        }
    }
}
