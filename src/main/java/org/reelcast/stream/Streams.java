package org.reelcast.stream;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * All streams of the server: the one place where outputs get a stream, by name or URI, and where sources bring theirs.
 * Any thread.
 */
public final class Streams {
    private static final String SCHEME_END = "://";

    /** Of the plain name of a stream; a URI may name a host, a bucket and a key of 1024 bytes in S3. */
    private static final int MAX_NAME = 255;
    private static final int MAX_URI = 2048;

    private final Executor tasks;
    private final Map<String, SourceProvider> providers = new ConcurrentHashMap<>();
    /** By media session id. */
    private final Map<String, Stream> running = new ConcurrentHashMap<>();
    /** Those that can be joined. */
    private final Map<String, Stream> byName = new ConcurrentHashMap<>();

    /** @param tasks runs what opens streams, where no source says otherwise */
    public Streams(Executor tasks) {
        this.tasks = tasks;
    }

    /** From now on URIs of its schemes are opened by {@code provider}. */
    public void register(SourceProvider provider) {
        provider.schemes().forEach(scheme -> providers.put(scheme, provider));
    }

    /**
     * A name that can be one of a stream: names go to logs, files and scripts.
     *
     * @throws Refusal when it is too long or has control characters
     */
    public static void checkName(String nameOrUri) throws Refusal {
        if (nameOrUri.length() > (isUri(nameOrUri) ? MAX_URI : MAX_NAME)) {
            throw new Refusal(StatusText.BAD_URI, "A name of " + nameOrUri.length() + " characters is too long");
        }
        if (nameOrUri.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal(StatusText.BAD_URI, "The name has control characters");
        }
    }

    /** Whether {@code name} is a URI at all, and so not the plain name of a stream. */
    public static boolean isUri(String name) {
        return name.contains(SCHEME_END);
    }

    /**
     * A hold on the running stream of that name, or on the one that the URI stands for. Blocks.
     *
     * @throws Refusal when there is no such stream, when it cannot be made, or when it is for one viewer and another
     *                 output asks
     */
    public Hold open(String nameOrUri, Holder who) throws Refusal {
        if (!isUri(nameOrUri)) {
            return joined(byName.get(nameOrUri), who).orElseThrow(() -> notFound("named '" + nameOrUri + "'"));
        }
        String scheme = scheme(nameOrUri);
        SourceProvider provider = provider(nameOrUri);
        if (provider.isPersonal(scheme)) {
            if (!who.viewer()) {
                throw personal(nameOrUri);
            }
            return provider.open(nameOrUri, who);
        }
        Optional<Hold> joined = joined(byName.get(nameOrUri), who);
        return joined.isPresent() ? joined.get() : provider.open(nameOrUri, who);
    }

    /**
     * The film that a URI names, not as a stream but as a file that is read at any place. Blocks.
     *
     * @throws Refusal when there is none
     */
    public SeekableFilm.Hold film(String uri) throws Refusal {
        return provider(uri).film(uri);
    }

    /**
     * The running stream of that name, or the one that plays what the URI stands for; none is made. Does not block.
     *
     * @throws Refusal when there is no such stream that others may join
     */
    public Stream joinable(String nameOrUri) throws Refusal {
        SourceProvider provider = isUri(nameOrUri) ? providers.get(scheme(nameOrUri)) : null;
        if (provider != null && provider.isPersonal(scheme(nameOrUri))) {
            throw personal(nameOrUri);
        }
        Stream named = byName.get(nameOrUri);
        if (named != null) {
            return named;
        }
        return Optional.ofNullable(provider).flatMap(source -> source.running(nameOrUri))
                .orElseThrow(() -> notFound("named '" + nameOrUri + "'"));
    }

    /** What {@link #open} is to be called by: sources that wait for others have threads of their own. */
    public Executor opener(String nameOrUri) {
        SourceProvider provider = isUri(nameOrUri) ? providers.get(scheme(nameOrUri)) : null;
        return provider == null ? tasks : provider.opener(nameOrUri);
    }

    /** The same by media session. @throws Refusal when no stream that others may join has that media session */
    public Hold openByMediaSession(String mediaSessionId, Holder who) throws Refusal {
        return joined(running.get(mediaSessionId), who)
                .orElseThrow(() -> notFound("that others may join has the media session " + mediaSessionId));
    }

    private static Optional<Hold> joined(Stream stream, Holder who) {
        return Optional.ofNullable(stream).filter(found -> who.viewer() || !found.traits().personal())
                .flatMap(found -> found.hold(who));
    }

    private static Refusal personal(String uri) {
        return new Refusal(StatusText.STREAM_IS_PERSONAL,
                uri + " plays for its one viewer alone; a broadcast of the same film can be had");
    }

    private static Refusal notFound(String which) {
        return new Refusal(StatusText.STREAM_NOT_FOUND, "No stream " + which + " plays");
    }

    private static String scheme(String uri) {
        return uri.substring(0, uri.indexOf(SCHEME_END));
    }

    private SourceProvider provider(String uri) throws Refusal {
        SourceProvider provider = providers.get(scheme(uri));
        if (provider == null) {
            throw new Refusal(StatusText.FAILED_TO_GET_AGENT_STORAGE, "'" + uri + "' begins with none of "
                    + String.join(", ", providers.keySet().stream().sorted().map(name -> name + SCHEME_END).toList()));
        }
        return provider;
    }

    /** Why nothing can be played by that name or URI now; empty when it can. Blocks. */
    public Optional<Refusal> whyUnavailable(String nameOrUri) {
        if (!isUri(nameOrUri)) {
            return byName.containsKey(nameOrUri) ? Optional.empty()
                    : Optional.of(notFound("named '" + nameOrUri + "'"));
        }
        try {
            return provider(nameOrUri).whyUnavailable(nameOrUri);
        } catch (Refusal e) {
            return Optional.of(e);
        }
    }

    /** Whether a stream of that name can be joined. */
    public boolean isTaken(String name) {
        return byName.containsKey(name);
    }

    /**
     * A source brings a stream; it {@link #remove}s it at the end.
     *
     * @throws Refusal when the name, or the media session, is another's
     */
    public void add(Stream stream) throws Refusal {
        if (running.putIfAbsent(stream.mediaSessionId(), stream) != null) {
            throw new Refusal(StatusText.MEDIA_SESSION_ID_ALREADY_IN_USE,
                    "The media session " + stream.mediaSessionId() + " has a stream already");
        }
        if (!stream.traits().personal() && byName.putIfAbsent(stream.name(), stream) != null) {
            running.remove(stream.mediaSessionId(), stream);
            throw nameTaken(stream.name());
        }
    }

    /** A stream of that name is there already. */
    public static Refusal nameTaken(String name) {
        return new Refusal(StatusText.STREAM_NAME_ALREADY_IN_USE, "A stream named '" + name + "' is there already");
    }

    /** Frees what the stream had; does nothing when another stream has it. */
    public void remove(Stream stream) {
        byName.remove(stream.name(), stream);
        running.remove(stream.mediaSessionId(), stream);
    }

    /** The running streams that {@code criteria} holds for, personal ones too. */
    public List<Stream> find(Predicate<Stream> criteria) {
        return running.values().stream().filter(criteria).toList();
    }

    /** Ends the streams that {@code criteria} holds for. @return how many there were */
    public int end(Predicate<Stream> criteria, StatusText why) {
        List<Stream> matching = find(criteria);
        matching.forEach(stream -> stream.source().end(why));
        return matching.size();
    }
}
