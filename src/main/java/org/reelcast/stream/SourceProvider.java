package org.reelcast.stream;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.reelcast.loop.Blocking;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** Makes streams of what a URI names; registered with {@link Streams} for its schemes. */
public interface SourceProvider {

    /** What stands before {@code ://} in the URIs that it takes. */
    Set<String> schemes();

    /** Whether a URI of that scheme gives everybody who opens it a stream of its own. */
    boolean isPersonal(String scheme);

    /**
     * A hold on the stream that the URI stands for, made when there is none.
     *
     * @throws Refusal when there is no such thing, or no room for it
     */
    @Blocking
    Hold open(String uri, Holder who) throws Refusal;

    /** The running stream that the URI stands for and that others may join; none is made. Does not block. */
    default Optional<Stream> running(String uri) {
        return Optional.empty();
    }

    /**
     * The film itself behind the URI, for who reads it at any place.
     *
     * @param client see {@link Holder#client}
     * @throws Refusal when there is none
     */
    @Blocking
    default SeekableFilm.Hold film(String uri, String client) throws Refusal {
        throw new Refusal(StatusText.FILE_NOT_FOUND, "'" + uri + "' is no film");
    }

    /** What {@link #open} is to be called by. */
    Executor opener(String uri);

    /** Why the URI cannot be opened now; empty when it can. @param client see {@link Holder#client} */
    @Blocking
    Optional<Refusal> whyUnavailable(String uri, String client);
}
