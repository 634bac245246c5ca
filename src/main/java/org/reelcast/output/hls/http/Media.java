package org.reelcast.output.hls.http;

import java.util.List;
import org.reelcast.loop.AnyThread;

/** A segment or part in pieces, which follow each other and are not to be changed. */
@AnyThread
public final class Media {
    private final List<byte[]> pieces;
    private final List<Held> memory;

    /** Memory that a media's pieces take, which it may share with others. */
    interface Held {

        long bytes();

        /** It is needed until {@link #release}; counted. */
        void hold();

        void release();
    }

    Media(List<byte[]> pieces, List<Held> memory) {
        this.pieces = pieces;
        this.memory = memory;
    }

    /** What is kept anyway, as initialization segments are. */
    public static Media lasting(byte[] bytes) {
        return new Media(List.of(bytes), List.of());
    }

    /** One after the other. */
    public static Media joined(List<Media> parts) {
        return new Media(
                parts.stream().flatMap(part -> part.pieces.stream()).toList(),
                parts.stream().flatMap(part -> part.memory.stream()).distinct().toList());
    }

    /** One of its pieces. */
    public Media piece(int index) {
        return new Media(List.of(pieces.get(index)), memory);
    }

    public List<byte[]> pieces() {
        return pieces;
    }

    List<Held> memory() {
        return memory;
    }
}
