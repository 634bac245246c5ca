package org.reelcast.source.vod;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.MediaLoop;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamRegistry;

/** The films that play: starts them, finds them, ends them. Opening a film blocks. */
final class VodAgents {
    private static final Logger LOG = Logger.getLogger(VodAgents.class.getName());

    private final FilmStore films;
    private final StreamRegistry registry;
    private final Supplier<MediaLoop> loops;
    private final Function<Film, Executor> readers;
    private final boolean loopByDefault;
    private final boolean refuses;
    private final long timeoutUs;
    /** By media session id: personal and live ones. */
    private final Map<String, VodStream> running = new ConcurrentHashMap<>();

    /**
     * @param loops         gives each new stream its loop
     * @param readers       runs the tasks that read ahead of a film
     * @param loopByDefault {@code vod_live_loop}
     * @param timeoutMs     {@code vod_stream_timeout}
     * @param refuses       whether viewers are refused whose film nobody has time to encode
     */
    VodAgents(FilmStore films, StreamRegistry registry, Supplier<MediaLoop> loops,
            Function<Film, Executor> readers, boolean loopByDefault, long timeoutMs, boolean refuses) {
        this.films = films;
        this.registry = registry;
        this.loops = loops;
        this.readers = readers;
        this.loopByDefault = loopByDefault;
        this.timeoutUs = timeoutMs * 1000;
        this.refuses = refuses;
    }

    /**
     * Gives a viewer the stream that {@code name} stands for: a personal one of its own, the running broadcast of that
     * URI or a new one, or the running stream of that plain name.
     *
     * @throws Refusal also when the film has to be encoded and the encoders are saturated
     */
    Lease lease(String name) throws Refusal {
        if (!VodUri.isUri(name)) {
            return joinByName(name).orElseThrow(() -> new Refusal(StatusText.STREAM_NOT_FOUND,
                    "No stream named '" + name + "' plays"));
        }
        VodUri uri = VodUri.parse(name);
        if (!uri.live()) {
            return hold(open(uri, name, false, true));
        }
        while (true) {
            Optional<Lease> joined = joinByName(name).or(() -> joinByUri(name));
            if (joined.isPresent()) {
                return joined.get();
            }
            try {
                return hold(open(uri, name, loopByDefault, true));
            } catch (Refusal e) {
                if (e.status() != StatusText.STREAM_NAME_ALREADY_IN_USE) {
                    throw e;
                }
                LOG.log(Level.FINE, "Another viewer was first to start {0}", name);
            }
        }
    }

    /** Why {@code name} cannot be played now: an info for the client; empty when it can. */
    Optional<StatusText> whyUnavailable(String name) {
        if (!VodUri.isUri(name)) {
            return registry.find(name).isPresent() ? Optional.empty() : Optional.of(StatusText.STREAM_NOT_FOUND);
        }
        try {
            films.release(films.acquire(VodUri.parse(name).location()), System.currentTimeMillis());
            return Optional.empty();
        } catch (Refusal e) {
            return Optional.of(e.status());
        }
    }

    /** A hold on a running stream that others can join. */
    Optional<Lease> leaseByMediaSession(String mediaSessionId) {
        return registry.findByMediaSession(mediaSessionId).flatMap(stream -> joinByName(stream.name()));
    }

    private Optional<Lease> joinByName(String name) {
        return registry.find(name).flatMap(stream -> {
            VodStream vod = running.get(stream.mediaSessionId());
            return vod == null ? Optional.of(new PublishedLease(stream)) : Optional.of(vod)
                    .filter(VodStream::retain).map(VodAgents::held);
        });
    }

    private Optional<Lease> joinByUri(String uri) {
        return running.values().stream()
                .filter(vod -> vod.uri().live() && vod.uri().text().equals(uri) && vod.retain())
                .findFirst().map(VodAgents::held);
    }

    /**
     * Starts a broadcast that plays whether anybody watches or not.
     *
     * @param loop whether to start over at the end of the file; by {@code vod_live_loop} when empty
     */
    void startup(VodUri uri, String name, Optional<Boolean> loop) throws Refusal {
        if (registry.find(name).isPresent()) {
            throw nameTaken(name);
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
        VodStream vod = new VodStream(uri, name, looped, film, loops.get(), readers.apply(film), timeoutUs,
                this::onEnd);
        running.put(vod.stream().mediaSessionId(), vod);
        if (uri.live() && !registry.add(vod.stream())) {
            vod.end(StreamEnd.stopped(StatusText.STREAM_NAME_ALREADY_IN_USE));
            throw nameTaken(name);
        }
        LOG.info(() -> name + " opened" + (name.equals(uri.text()) ? "" : " from " + uri.text())
                + (looped ? ", looped" : "") + ", media session " + vod.stream().mediaSessionId());
        return vod;
    }

    private static Refusal nameTaken(String name) {
        return new Refusal(StatusText.STREAM_NAME_ALREADY_IN_USE, "A stream named '" + name + "' plays already");
    }

    private void onEnd(VodStream vod, StreamEnd how) {
        registry.remove(vod.stream());
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
    int end(Predicate<VodDescription> criteria, StreamEnd how) {
        List<VodStream> matching = running.values().stream()
                .filter(vod -> criteria.test(VodDescription.of(vod))).toList();
        matching.forEach(vod -> vod.end(how));
        return matching.size();
    }

    private static Lease hold(VodStream vod) throws Refusal {
        if (!vod.retain()) {
            throw new Refusal(StatusText.REQUESTED_STREAM_SHUTDOWN, vod.uri().text() + " ended as it began");
        }
        return held(vod);
    }

    private static Lease held(VodStream vod) {
        return new Lease() {
            @Override
            public Stream stream() {
                return vod.stream();
            }

            @Override
            public boolean isAlone() {
                return !vod.uri().live();
            }

            @Override
            public void start() {
                vod.start();
            }

            @Override
            public void close() {
                vod.release();
            }
        };
    }
}
