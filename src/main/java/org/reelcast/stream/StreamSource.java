package org.reelcast.stream;

import java.util.Optional;
import org.reelcast.refusal.StatusText;

/** Who makes a stream, as the hub sees it: what can be asked of a source. */
public interface StreamSource {

    /** Ends the stream, unless it has ended; any thread. @param why for the viewers */
    void end(StatusText why);

    /**
     * Somebody can receive: a stream that waits for its first viewer plays from here. Any thread.
     *
     * @param leadUs see {@link Holder#leadUs}
     */
    default void start(long leadUs) {
    }

    /** The last one for whom the stream went on ({@link Stream#isHeld}) is gone; any thread. */
    default void onUnheld() {
    }

    /** Has a key frame made soon; on the loop. Called only of sources with that trait. */
    default void requestKeyFrame() {
    }

    /**
     * A track has its first taker, or has lost the last one: the frames of a track that nobody takes need not be read
     * or made. On the loop.
     */
    default void onTaken(StreamTrack track, boolean taken) {
    }

    /** Whether media comes already ({@code PUBLISHING}) or is waited for ({@code PENDING}); any thread. */
    default StreamStatus status() {
        return StreamStatus.PUBLISHING;
    }

    /** What an output needs to deliver the film itself; empty when the source is no film that many watch. */
    default Optional<FilmBroadcast> broadcast() {
        return Optional.empty();
    }

    /** How it comes to this server, by WCS's name: {@code WebRTC}; empty for films. */
    default Optional<String> mediaProvider() {
        return Optional.empty();
    }
}
