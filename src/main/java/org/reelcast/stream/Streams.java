package org.reelcast.stream;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.media.SeekableTrack;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * All streams of the server: the one place where outputs get a stream, by name or URI, and where sources bring theirs.
 */
@AnyThread
public final class Streams {
    private static final String SCHEME_END = "://";

    /** Of the plain name of a stream; a URI may name a host, a bucket and a key of 1024 bytes in S3. */
    private static final int MAX_NAME = 255;

    public static final int MAX_URI = 2048;

    private final Executor tasks;
    private volatile Shares shares = (all, client) -> all;
    private volatile Ladder ladder;
    private final Map<String, SourceProvider> providers = new ConcurrentHashMap<>();
    private final List<RemoteStreams> remotes = new CopyOnWriteArrayList<>();
    /** By media session id. */
    private final Map<String, Stream> running = new ConcurrentHashMap<>();
    /** Those that can be joined. */
    private final Map<String, Stream> byName = new ConcurrentHashMap<>();

    private final List<Consumer<Stream>> listeners = new CopyOnWriteArrayList<>();

    /** Says what one client has of those who open streams. */
    public interface Shares {
        Executor of(Executor all, String client);
    }

    /** @param tasks runs what opens streams, where no source says otherwise */
    public Streams(Executor tasks) {
        this.tasks = tasks;
    }

    /** From now on URIs of its schemes are opened by {@code provider}. */
    public void register(SourceProvider provider) {
        provider.schemes().forEach(scheme -> providers.put(scheme, provider));
    }

    /** From now on names that no stream has here are looked for there, too. */
    public void register(RemoteStreams remote) {
        remotes.add(remote);
    }

    /** From now on clients have such shares of those who open streams. */
    public void register(Shares ofClients) {
        shares = ofClients;
    }

    /** From now on {@code sizes} says in which sizes streams can be had. */
    public void register(Ladder sizes) {
        ladder = sizes;
    }

    /**
     * The sizes in which a stream that others may join can be had; opens it for a moment.
     *
     * @param client see {@link Holder#client}
     * @throws Refusal when there is no such stream, or it is to be had as it is alone
     */
    @Blocking
    public List<Ladder.Rung> rungs(String nameOrUri, String client) throws Refusal {
        Ladder sizes = ladder();
        Hold hold =
                open(nameOrUri, Holder.output("ladder", offered -> List.of()).of(client));
        try {
            return sizes.rungs(
                    nameOrUri, hold.stream().video(), hold.stream().audio().isPresent());
        } finally {
            hold.close();
        }
    }

    /** The same of a stream that runs; does not block. */
    public List<Ladder.Rung> rungs(Stream stream) throws Refusal {
        return ladder().rungs(stream.name(), stream.video(), stream.audio().isPresent());
    }

    /** The same of a film that is delivered whole. */
    public List<Ladder.Rung> rungs(SeekableFilm film) throws Refusal {
        return ladder().rungs(
                        film.location(),
                        film.video().map(SeekableTrack::format),
                        film.audio().isPresent());
    }

    private Ladder ladder() throws Refusal {
        if (ladder == null) {
            throw new Refusal(StatusText.NO_AVAILABLE_TRANSCODERS, "Nothing here makes other sizes of streams");
        }
        return ladder;
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
     * A hold on the running stream of that name, or on the one that the URI stands for.
     *
     * @throws Refusal when there is no such stream, when it cannot be made, or when it is for one viewer and another
     *                 output asks
     */
    @Blocking
    public Hold open(String nameOrUri, Holder who) throws Refusal {
        if (!isUri(nameOrUri)) {
            Optional<Hold> here = joined(byName.get(nameOrUri), who);
            return here.isPresent() ? here.get() : openRemote(nameOrUri, who);
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

    private Hold openRemote(String name, Holder who) throws Refusal {
        Optional<RemoteStreams> remote = remote(name);
        Optional<Hold> brought = remote.isPresent() ? remote.get().open(name, who) : Optional.empty();
        return brought.orElseThrow(() -> notFound("named '" + name + "'"));
    }

    /** Whether other servers may have the stream of that name, too: what one of them has said is to be had here. */
    public boolean isOnSeveral(String nameOrUri) {
        return remote(nameOrUri).isPresent();
    }

    private Optional<RemoteStreams> remote(String name) {
        return remotes.stream().filter(each -> each.has(name)).findFirst();
    }

    /**
     * The film that a URI names, not as a stream but as a file that is read at any place.
     *
     * @param client see {@link Holder#client}
     * @throws Refusal when there is none
     */
    @Blocking
    public SeekableFilm.Hold film(String uri, String client) throws Refusal {
        return provider(uri).film(uri, client);
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
        return Optional.ofNullable(provider)
                .flatMap(source -> source.running(nameOrUri))
                .orElseThrow(() -> notFound("named '" + nameOrUri + "'"));
    }

    /** What {@link #open} is to be called by: sources that wait for others have threads of their own. */
    public Executor opener(String nameOrUri) {
        SourceProvider provider = isUri(nameOrUri) ? providers.get(scheme(nameOrUri)) : null;
        if (provider != null) {
            return provider.opener(nameOrUri);
        }
        return isTaken(nameOrUri)
                ? tasks
                : remote(nameOrUri).map(each -> each.opener(nameOrUri)).orElse(tasks);
    }

    /** The same for somebody who is let in and not known. @param client see {@link Holder#client} */
    public Executor opener(String nameOrUri, String client) {
        return shares.of(opener(nameOrUri), client);
    }

    /** {@link #open} by media session. @throws Refusal when no stream that others may join has that media session */
    public Hold openByMediaSession(String mediaSessionId, Holder who) throws Refusal {
        Optional<Hold> here = joined(running.get(mediaSessionId), who);
        if (here.isPresent()) {
            return here.get();
        }
        String name = remotes.stream()
                .flatMap(each -> each.nameOf(mediaSessionId).stream())
                .findFirst()
                .orElseThrow(() -> notFound("that others may join has the media session " + mediaSessionId));
        return openRemote(name, who);
    }

    private static Optional<Hold> joined(Stream stream, Holder who) {
        return Optional.ofNullable(stream)
                .filter(found -> who.viewer() || !found.traits().personal())
                .flatMap(found -> found.hold(who));
    }

    private static Refusal personal(String uri) {
        return new Refusal(
                StatusText.STREAM_IS_PERSONAL,
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
            throw new Refusal(
                    StatusText.FAILED_TO_GET_AGENT_STORAGE,
                    "'" + uri + "' begins with none of "
                            + String.join(
                                    ", ",
                                    providers.keySet().stream()
                                            .sorted()
                                            .map(name -> name + SCHEME_END)
                                            .toList()));
        }
        return provider;
    }

    /** What {@link #open} is to be asked for to have a stream so; a personal one is what it is. */
    public String nameOf(Variant variant) {
        String name = variant.name();
        SourceProvider provider = isUri(name) ? providers.get(scheme(name)) : null;
        boolean personal = provider != null && provider.isPersonal(scheme(name));
        return variant.isOriginal() || personal ? name : variant.uri();
    }

    /**
     * Why nothing can be played by that name or URI now; empty when it can.
     *
     * @param client see {@link Holder#client}
     */
    @Blocking
    public Optional<Refusal> whyUnavailable(String nameOrUri, String client) {
        if (!isUri(nameOrUri)) {
            return isTaken(nameOrUri) || remote(nameOrUri).isPresent()
                    ? Optional.empty()
                    : Optional.of(notFound("named '" + nameOrUri + "'"));
        }
        try {
            return provider(nameOrUri).whyUnavailable(nameOrUri, client);
        } catch (Refusal e) {
            return Optional.of(e);
        }
    }

    /**
     * A source takes another stream for its own.
     *
     * @param join has {@link StreamSource#inputs} of {@code made} name {@code input}; run when that may be
     * @throws Refusal when {@code input} is itself made of {@code made}, which would be fed with itself
     */
    public synchronized void addInput(Stream made, Stream input, Runnable join) throws Refusal {
        if (input.source().isMadeOf(made.source())) {
            throw new Refusal(
                    StatusText.STREAM_WOULD_FEED_ITSELF,
                    "'" + input.name() + "' is made of '" + made.name() + "', and cannot be put into it");
        }
        join.run();
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
            throw new Refusal(
                    StatusText.MEDIA_SESSION_ID_ALREADY_IN_USE,
                    "The media session " + stream.mediaSessionId() + " has a stream already");
        }
        if (!stream.traits().personal() && byName.putIfAbsent(stream.name(), stream) != null) {
            running.remove(stream.mediaSessionId(), stream);
            throw nameTaken(stream.name());
        }
        if (!stream.traits().personal()) {
            listeners.forEach(listener -> listener.accept(stream));
        }
    }

    /** A stream of that name is there already. */
    public static Refusal nameTaken(String name) {
        return new Refusal(StatusText.STREAM_NAME_ALREADY_IN_USE, "A stream named '" + name + "' is there already");
    }

    /** From now on {@code listener} is told of each stream that others can join, as it comes; it must not block. */
    public void onAdded(Consumer<Stream> listener) {
        listeners.add(listener);
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
