package org.reelcast.stream;

import java.util.Optional;
import org.reelcast.media.SeekableTrack;

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

    /** AAC, as in the file where the file has it. */
    Optional<SeekableTrack> audio();

    /** Somebody's part in an open film. */
    interface Hold extends AutoCloseable {

        SeekableFilm film();

        /** Gives the film back; any number of times. */
        @Override
        void close();
    }
}
