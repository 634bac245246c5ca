package org.reelcast.stream;

import java.io.IOException;
import java.util.Optional;
import org.reelcast.media.FrameReader;
import org.reelcast.media.SeekableTrack;
import org.reelcast.refusal.Refusal;

/** A film that can be read at any place, and not only as it plays: for outputs that deliver files. */
public interface SeekableFilm {

    /** Where it is, as its URI says behind the scheme; for the log. */
    String location();

    /** Another one when the file changes. */
    String version();

    /** Where the longest track ends. */
    long durationUs();

    /** H.264 as in the file, with its parameter sets in the format. */
    Optional<SeekableTrack> video();

    /**
     * The picture encoded anew as it is read, with key frames seconds apart: for films that cannot be cut at their own,
     * or are not H.264. Blocks until its first picture is there; empty where nothing is encoded.
     */
    default Optional<SeekableTrack> recutVideo() throws IOException {
        return Optional.empty();
    }

    /** AAC, as in the file where the file has it. */
    Optional<SeekableTrack> audio();

    /**
     * The picture in another size, encoded anew in segments that are made once for all, as they are read, and kept.
     *
     * @param width   of the picture as it is shown; even, as the height
     * @param bitrate in bits a second
     * @throws Refusal when it cannot be encoded so
     */
    Scaled scaled(int width, int height, int bitrate) throws Refusal;

    /** The picture in another size; its key frames are where the film's are, and in between. */
    interface Scaled extends AutoCloseable {

        /** A reader that stands at the start, and waits for the encoder. */
        FrameReader reader();

        /** The film itself stays open. */
        @Override
        void close();
    }

    /** Somebody's part in an open film. */
    interface Hold extends AutoCloseable {

        SeekableFilm film();

        /** Gives the film back; any number of times. */
        @Override
        void close();
    }
}
