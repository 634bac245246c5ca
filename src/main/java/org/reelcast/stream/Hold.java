package org.reelcast.stream;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reelcast.loop.AnyThread;

/** Somebody's part in a stream: keeps it open, counts as a viewer, and has the tracks made that it takes. */
public final class Hold {
    private final Stream stream;
    private final Holder holder;
    private final List<StreamTrack> tracks;
    private final AtomicBoolean closed = new AtomicBoolean();

    Hold(Stream stream, Holder holder) {
        this.stream = stream;
        this.holder = holder;
        this.tracks = holder.choice().of(stream.tracks());
    }

    public Stream stream() {
        return stream;
    }

    public Holder holder() {
        return holder;
    }

    /** Those that are taken. */
    public List<StreamTrack> tracks() {
        return tracks;
    }

    /** The holder can receive: a stream that waits for its first viewer plays from here. */
    @AnyThread
    public void start() {
        stream.source().start(holder.leadUs());
    }

    /** The holder is gone; may be called again. */
    @AnyThread
    public void close() {
        if (!closed.getAndSet(true)) {
            stream.release(this);
        }
    }
}
