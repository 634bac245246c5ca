package org.reelcast.stream;

import java.util.List;
import java.util.Optional;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.OnLoop;
import org.reelcast.refusal.StatusText;

/** Who makes a stream, as the hub sees it: what can be asked of a source. */
public interface StreamSource {

    /** Ends the stream, unless it has ended. @param why for the viewers */
    @AnyThread
    void end(StatusText why);

    /**
     * Somebody can receive: a stream that waits for its first viewer plays from here.
     *
     * @param leadUs see {@link Holder#leadUs}
     */
    @AnyThread
    default void start(long leadUs) {}

    /** Somebody takes part for whom the stream goes on ({@link Stream#isHeld}), and nobody did before. */
    @AnyThread
    default void onHeld() {}

    /** The last one for whom the stream went on ({@link Stream#isHeld}) is gone. */
    @AnyThread
    default void onUnheld() {}

    /** Has a key frame made soon. Called only of sources with that trait. */
    @OnLoop
    default void requestKeyFrame() {}

    /**
     * A track has its first taker, or has lost the last one: the frames of a track that nobody takes need not be read
     * or made.
     */
    @OnLoop
    default void onTaken(StreamTrack track, boolean taken) {}

    /** Whether media comes already ({@code PUBLISHING}) or is waited for ({@code PENDING}). */
    @AnyThread
    default StreamStatus status() {
        return StreamStatus.PUBLISHING;
    }

    /** What a user should know about how it plays, one sentence. */
    @AnyThread
    default Optional<String> note() {
        return Optional.empty();
    }

    /** What an output needs to deliver the film itself; empty when the source is no film that many watch. */
    default Optional<FilmBroadcast> broadcast() {
        return Optional.empty();
    }

    /**
     * The picture of a film that many watch in another size: made once for all showings, and kept. Ends with this stream;
     * to be closed by who asked. Any thread; may block.
     *
     * @param width   of the picture as it is shown; even, as the height
     * @param bitrate in bits a second
     * @return empty when the source is no such film, or it cannot be encoded so
     */
    default Optional<ScaledPicture> scaled(int width, int height, int bitrate) {
        return Optional.empty();
    }

    /** The sources of the streams that this one is made of; empty when it is made of none. */
    @AnyThread
    default List<StreamSource> inputs() {
        return List.of();
    }

    /** Whether it is {@code other}, or made of that one, however many are in between. */
    @AnyThread
    default boolean isMadeOf(StreamSource other) {
        return this == other || inputs().stream().anyMatch(input -> input.isMadeOf(other));
    }

    /** IP address of whoever brings it; empty for what this server has itself. */
    default String client() {
        return "";
    }

    /** How it comes to this server, by WCS's name: {@code WebRTC}; empty for films. */
    default Optional<String> mediaProvider() {
        return Optional.empty();
    }
}
