package org.reelcast.source.vod;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.MediaLoop;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.SourceProvider;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Streams;

/** The films that play: starts them and finds them. Opening a film blocks. */
final class VodStreams implements SourceProvider {
    private static final Logger LOG = Logger.getLogger(VodStreams.class.getName());

    private final FilmStore films;
    private final Streams streams;
    private final Supplier<MediaLoop> loops;
    private final Readers readers;
    private final boolean loopByDefault;
    private final boolean refuses;
    private final long timeoutUs;
    /** By media session id: personal and live ones. */
    private final Map<String, VodStream> running = new ConcurrentHashMap<>();

    /**
     * @param streams       where they are to be found
     * @param loops         gives each new stream its loop
     * @param readers       run the tasks that open films and read ahead of them
     * @param loopByDefault {@code vod_live_loop}
     * @param timeoutMs     {@code vod_stream_timeout}
     * @param refuses       whether viewers are refused whose film nobody has time to encode
     */
    VodStreams(FilmStore films, Streams streams, Supplier<MediaLoop> loops, Readers readers,
            boolean loopByDefault, long timeoutMs, boolean refuses) {
        this.films = films;
        this.streams = streams;
        this.loops = loops;
        this.readers = readers;
        this.loopByDefault = loopByDefault;
        this.timeoutUs = timeoutMs * 1000;
        this.refuses = refuses;
    }

    @Override
    public Set<String> schemes() {
        return Set.of(VodUri.PERSONAL, VodUri.LIVE);
    }

    @Override
    public boolean isPersonal(String scheme) {
        return scheme.equals(VodUri.PERSONAL);
    }

    /**
     * A personal stream of the viewer's own, or the running broadcast of that URI, or a new one.
     *
     * @throws Refusal also when the film has to be encoded and the encoders are saturated
     */
    @Override
    public Hold open(String text, Holder who) throws Refusal {
        VodUri uri = VodUri.parse(text);
        if (!uri.live()) {
            return hold(open(uri, text, false, true), who);
        }
        while (true) {
            Optional<Hold> joined = join(text, who).or(() -> streams.find(stream -> stream.name().equals(text)
                    && !stream.traits().personal()).stream().flatMap(stream -> stream.hold(who).stream()).findFirst());
            if (joined.isPresent()) {
                return joined.get();
            }
            try {
                return hold(open(uri, text, loopByDefault, true), who);
            } catch (Refusal e) {
                if (e.status() != StatusText.STREAM_NAME_ALREADY_IN_USE) {
                    throw e;
                }
                LOG.log(Level.FINE, "Another viewer was first to start {0}", text);
            }
        }
    }

    private Optional<Hold> join(String uri, Holder who) {
        return broadcasts(uri).flatMap(stream -> stream.hold(who).stream()).findFirst();
    }

    @Override
    public Optional<Stream> running(String uri) {
        return broadcasts(uri).findFirst();
    }

    private java.util.stream.Stream<Stream> broadcasts(String uri) {
        return running.values().stream().filter(vod -> vod.uri().live() && vod.uri().text().equals(uri))
                .map(VodStream::stream);
    }

    private static Hold hold(VodStream vod, Holder who) throws Refusal {
        return vod.stream().hold(who).orElseThrow(() -> new Refusal(StatusText.REQUESTED_STREAM_SHUTDOWN,
                vod.uri().text() + " ended as it began"));
    }

    @Override
    public Executor opener(String uri) {
        return readers.ofUri(uri);
    }

    @Override
    public Optional<Refusal> whyUnavailable(String uri) {
        try {
            films.release(films.acquire(VodUri.parse(uri).location()), System.currentTimeMillis());
            return Optional.empty();
        } catch (Refusal e) {
            return Optional.of(e);
        }
    }

    /**
     * Starts a broadcast that plays whether anybody watches or not.
     *
     * @param loop whether to start over at the end of the file; by {@code vod_live_loop} when empty
     */
    void startup(VodUri uri, String name, Optional<Boolean> loop) throws Refusal {
        if (streams.isTaken(name)) {
            throw Streams.nameTaken(name);
        }
        open(uri, name, loop.orElse(loopByDefault), false).start();
    }

    /** @param forViewer whether a viewer asks, who had better not come when there is nobody to encode the film */
    private VodStream open(VodUri uri, String name, boolean looped, boolean forViewer) throws Refusal {
        Film film = films.acquire(uri.location());
        if (forViewer && refuses && film.isStarved()) {
            films.release(film, System.currentTimeMillis());
            throw new Refusal(StatusText.SERVER_IS_OVERLOADED, "there is no encoder with time for it");
        }
        VodStream vod = new VodStream(uri, name, looped, film, loops.get(), readers.of(film), timeoutUs,
                this::onEnd);
        running.put(vod.stream().mediaSessionId(), vod);
        try {
            streams.add(vod.stream());
        } catch (Refusal e) {
            vod.end(e.status());
            throw e;
        }
        LOG.info(() -> name + " opened" + (name.equals(uri.text()) ? "" : " from " + uri.text())
                + (looped ? ", looped" : "") + ", media session " + vod.stream().mediaSessionId());
        return vod;
    }

    private void onEnd(VodStream vod, StreamEnd how) {
        streams.remove(vod.stream());
        running.remove(vod.stream().mediaSessionId());
        films.release(vod.film(), System.currentTimeMillis());
        Throwable failure = vod.failure();
        if (failure == null) {
            LOG.info(() -> vod.stream().name() + " ended: " + how.info());
        } else {
            LOG.warning(() -> vod.stream().name() + " broke off: " + failure.getMessage());
        }
    }

    /** The running streams that {@code criteria} holds for. */
    List<VodDescription> find(Predicate<VodDescription> criteria) {
        return running.values().stream().map(VodDescription::of).filter(criteria).toList();
    }

    /** Ends the running streams that {@code criteria} holds for. @return how many there were */
    int end(Predicate<VodDescription> criteria, StatusText why) {
        List<VodStream> matching = running.values().stream()
                .filter(vod -> criteria.test(VodDescription.of(vod))).toList();
        matching.forEach(vod -> vod.end(why));
        return matching.size();
    }
}
