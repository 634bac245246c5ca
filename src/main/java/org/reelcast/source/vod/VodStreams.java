package org.reelcast.source.vod;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.WallClock;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.reencode.ScaledSize;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.ScaledPicture;
import org.reelcast.stream.SeekableFilm;
import org.reelcast.stream.SourceProvider;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Streams;

/** The films that play: starts them and finds them. Opening a film blocks. */
final class VodStreams implements SourceProvider, VodStream.Listener, RemoteBroadcasts.Bringer {
    private static final Logger LOG = Logger.getLogger(VodStreams.class.getName());
    /** Why a broadcast does not go on after a restart, and will not later. */
    static final Set<StatusText> FOR_GOOD = EnumSet.of(
            StatusText.FILM_HAS_CHANGED,
            StatusText.START_OUTSIDE_FILM,
            StatusText.BAD_URI,
            StatusText.FAILED_TO_GET_AGENT_STORAGE,
            StatusText.FILE_HAS_WRONG_FORMAT);

    private static final StatusText TERMINATED = StatusText.STOPPED_BY_REST_TERMINATE;

    private final FilmStore films;
    private final Streams streams;
    private final Supplier<MediaLoop> loops;
    private final Readers readers;
    private final WallClock wallClock;
    private final Rules rules;
    private final BroadcastFiles files;
    private final SharedBroadcasts shared;
    private final ScaledStreams scaled;
    /** By media session id: personal and live ones. */
    private final Map<String, VodStream> running = new ConcurrentHashMap<>();

    /**
     * How films play where nobody says otherwise.
     *
     * @param loopByDefault {@code vod_live_loop}
     * @param timeoutMs     {@code vod_stream_timeout}
     * @param idleMs        {@code vod_idle_timeout}, 0 = never
     * @param mostLive      {@code vod_max_streams}, 0 = no limit
     * @param whenLate      {@code vod_live_late}
     * @param refuses       whether viewers are refused whose film nobody has time to encode
     */
    record Rules(
            boolean loopByDefault,
            long timeoutMs,
            long idleMs,
            int mostLive,
            Playout.WhenLate whenLate,
            boolean refuses) {}

    /**
     * @param streams where they are to be found
     * @param loops   gives each new stream its loop
     * @param readers run the tasks that open films and read ahead of them
     * @param files   keep the broadcasts that REST started
     * @param shared  those of other nodes
     */
    VodStreams(
            FilmStore films,
            Streams streams,
            Supplier<MediaLoop> loops,
            Readers readers,
            WallClock wallClock,
            Rules rules,
            BroadcastFiles files,
            SharedBroadcasts shared) {
        this.films = films;
        this.streams = streams;
        this.loops = loops;
        this.readers = readers;
        this.wallClock = wallClock;
        this.rules = rules;
        this.files = files;
        this.shared = shared;
        this.scaled = new ScaledStreams(readers);
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
            return hold(open(uri, text, false, PlayoutStart.at(who.startUs()), who.client()), who);
        }
        while (true) {
            Optional<Hold> joined = join(text, who).or(() -> hold(text, who));
            if (joined.isPresent()) {
                return joined.get();
            }
            if (resumeWaiting(text) || shared.remote().bring(text)) {
                continue;
            }
            try {
                return hold(open(uri, text, rules.loopByDefault(), PlayoutStart.NOW, who.client()), who);
            } catch (Refusal e) {
                if (e.status() != StatusText.STREAM_NAME_ALREADY_IN_USE) {
                    throw e;
                }
                LOG.log(Level.FINE, "Another viewer was first to start {0}", text);
                shared.remote().bringTaken(text);
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
        return running.values().stream()
                .filter(vod -> vod.uri().live() && vod.uri().text().equals(uri))
                .map(VodStream::stream);
    }

    private static Hold hold(VodStream vod, Holder who) throws Refusal {
        return vod.stream()
                .hold(who)
                .orElseThrow(() -> new Refusal(
                        StatusText.REQUESTED_STREAM_SHUTDOWN, vod.uri().text() + " ended as it began"));
    }

    @Override
    public Executor opener(String uri) {
        return readers.openers().of(uri);
    }

    @Override
    public Optional<Refusal> whyUnavailable(String uri, String client) {
        try {
            films.release(films.acquire(VodUri.parse(uri).location(), client), System.currentTimeMillis());
            return Optional.empty();
        } catch (Refusal e) {
            return Optional.of(e);
        }
    }

    /** Of a film in fragments that does not tell its length all of the index is read. */
    @Override
    public SeekableFilm.Hold film(String uri, String client) throws Refusal {
        VodUri parsed = VodUri.parse(uri);
        Film film = films.acquire(parsed.location(), client);
        OpenFilm opened = new OpenFilm(films, film);
        boolean done = false;
        try {
            opened.findEnd();
            done = true;
            return opened;
        } catch (IOException e) {
            throw e instanceof Refusal refusal
                    ? refusal
                    : new Refusal(StatusText.FAILED_TO_READ_FILE, parsed.location() + ": " + e.getMessage(), e);
        } finally {
            if (!done) {
                opened.close();
            }
        }
    }

    /**
     * Starts a broadcast that plays whether anybody watches or not.
     *
     * @param loop  whether to start over at the end of the file; by {@code vod_live_loop} when empty
     * @throws Refusal also when the start is outside the film
     */
    void startup(VodUri uri, String name, Optional<Boolean> loop, PlayoutStart start) throws Refusal {
        if (streams.isTaken(name)) {
            throw Streams.nameTaken(name);
        }
        Film film = films.acquire(uri.location());
        VodStream vod = open(plan(uri, name, loop.orElse(rules.loopByDefault()), start), film, Optional.empty());
        if (files.forgetWaiting(earlier -> earlier.name().equals(name)) > 0) {
            LOG.warning(
                    () -> name + " of before the restart has not gone on, and does not any more: it was started anew");
        }
        files.keep(vod.stream().mediaSessionId(), uri, name);
        if (vod.stream().isRetired()) {
            files.forget(vod.stream().mediaSessionId());
        }
        vod.start(0);
    }

    /** Whoever is faster than the start of the server: it is the earlier broadcast that goes on, not a new one. */
    private boolean resumeWaiting(String uri) throws Refusal {
        Optional<BroadcastFiles.Broadcast> earlier = files.waiting(uri);
        if (earlier.isPresent()) {
            try {
                resume(earlier.get());
            } catch (Refusal e) {
                if (!FOR_GOOD.contains(e.status())) {
                    throw e;
                }
                LOG.warning(() -> earlier.get().name() + " does not go on after the restart: " + e.getMessage());
            }
        }
        return earlier.isPresent();
    }

    /**
     * A broadcast goes on that an earlier run of the server had started, unless it does already. Who wants the same one
     * waits meanwhile.
     *
     * @throws Refusal also when the film is another one by now, or over: then it is forgotten
     */
    void resume(BroadcastFiles.Broadcast earlier) throws Refusal {
        synchronized (earlier) {
            if (!files.isWaiting(earlier)) {
                return;
            }
            try {
                // a viewer here may have been faster, or another node that took this one for dead
                if (!running.containsKey(earlier.mediaSessionId())) {
                    start(earlier);
                }
                if (!files.resumed(earlier)) {
                    // it was terminated, or started anew, while its film was opened
                    end(vod -> vod.localMediaSessionId().equals(earlier.mediaSessionId()), TERMINATED);
                }
            } catch (Refusal e) {
                if (FOR_GOOD.contains(e.status())) {
                    files.forget(earlier.mediaSessionId());
                }
                throw e;
            }
        }
    }

    @Override
    public void bring(BroadcastFiles.Broadcast broadcast) throws Refusal {
        if (streams.isTaken(broadcast.name())) {
            return;
        }
        try {
            if (broadcast.timeline() == null) {
                VodUri uri = VodUri.parse(broadcast.uri());
                open(
                                plan(uri, broadcast.name(), rules.loopByDefault(), PlayoutStart.NOW),
                                films.acquire(uri.location()),
                                Optional.of(broadcast.mediaSessionId()))
                        .start(0);
            } else {
                start(broadcast);
            }
        } catch (Refusal e) {
            if (e.status() == StatusText.FILM_HAS_CHANGED) {
                throw new Refusal(
                        StatusText.FILM_DIFFERS_BETWEEN_NODES,
                        broadcast.uri() + " is another film here than "
                                + "on the node that started the broadcast: its size, and its ETag or time of modification, have "
                                + "to be the same on all nodes",
                        e);
            }
            if (e.status() != StatusText.STREAM_NAME_ALREADY_IN_USE
                    && e.status() != StatusText.MEDIA_SESSION_ID_ALREADY_IN_USE) {
                throw e;
            }
            LOG.log(Level.FINE, "Another viewer was first to have {0} here", broadcast.name());
        }
    }

    @Override
    public Optional<Hold> hold(String name, Holder who) {
        return streams
                .find(stream -> stream.name().equals(name) && !stream.traits().personal())
                .stream()
                .flatMap(stream -> stream.hold(who).stream())
                .findFirst();
    }

    private void start(BroadcastFiles.Broadcast earlier) throws Refusal {
        VodUri uri = VodUri.parse(earlier.uri());
        Film film = films.acquire(uri.location());
        BroadcastTimeline timeline = earlier.timeline();
        check(uri, film, () -> checkSame(timeline, film));
        VodStream vod = open(
                plan(uri, earlier.name(), timeline.looped(), PlayoutStart.of(timeline)),
                film,
                Optional.of(earlier.mediaSessionId()));
        vod.start(0);
    }

    /** @param start of a stream that is to have its first viewer at once */
    private VodStream open(VodUri uri, String name, boolean looped, PlayoutStart start, String client) throws Refusal {
        Film film = films.acquire(uri.location(), client);
        if (rules.refuses() && film.isStarved()) {
            films.release(film, System.currentTimeMillis());
            throw new Refusal(StatusText.SERVER_IS_OVERLOADED, "there is no encoder with time or memory for it");
        }
        return open(plan(uri, name, looped, start), film, Optional.empty());
    }

    private VodStream.Plan plan(VodUri uri, String name, boolean looped, PlayoutStart start) {
        return new VodStream.Plan(
                uri,
                name,
                looped,
                start,
                rules.timeoutMs() * 1000,
                rules.idleMs() * 1000,
                shared.isOn() ? Playout.WhenLate.KEEP : rules.whenLate(),
                shared.isOn());
    }

    /** @param film held for the stream */
    private VodStream open(VodStream.Plan plan, Film film, Optional<String> mediaSessionId) throws Refusal {
        check(plan.uri(), film, () -> {
            checkNumber(plan);
            checkStart(plan, film);
        });
        VodStream vod = new VodStream(
                plan, film, new VodStream.Means(loops.get(), readers, wallClock, films), mediaSessionId, this);
        boolean claimed = false;
        try {
            if (mediaSessionId.isEmpty() && plan.uri().live()) {
                shared.claim(vod);
                claimed = true;
            }
            streams.add(vod.stream());
        } catch (Refusal e) {
            if (claimed) {
                shared.release(vod);
            }
            vod.end(e.status());
            throw e;
        }
        // only now: nobody is to find a stream that lost the race for its name
        running.put(vod.stream().mediaSessionId(), vod);
        if (vod.stream().isRetired()) {
            running.remove(vod.stream().mediaSessionId(), vod);
        }
        shared.started(vod);
        LOG.info(() -> plan.name() + " opened"
                + (plan.name().equals(plan.uri().text())
                        ? ""
                        : " from " + plan.uri().text()) + (plan.looped() ? ", looped" : "") + ", media session "
                + vod.stream().mediaSessionId());
        return vod;
    }

    private static void checkSame(BroadcastTimeline timeline, Film film) throws IOException {
        if (!timeline.isOf(film.id())) {
            throw new Refusal(StatusText.FILM_HAS_CHANGED, "the file is another one than when it was started");
        }
        film.findEnd();
        if (timeline.passUs() > 0 && film.isEndKnown() && film.durationUs() != timeline.passUs()) {
            throw new Refusal(
                    StatusText.FILM_HAS_CHANGED,
                    "it lasts " + film.durationUs() + " µs by the present settings, and lasted " + timeline.passUs()
                            + " µs when it was started");
        }
    }

    /** What must be so of a film that is to play. */
    private interface FilmCheck {
        void run() throws IOException;
    }

    /** On failure gives the film back. */
    private void check(VodUri uri, Film film, FilmCheck check) throws Refusal {
        boolean done = false;
        try {
            check.run();
            done = true;
        } catch (Refusal e) {
            throw e;
        } catch (IOException e) {
            throw new Refusal(StatusText.FAILED_TO_READ_FILE, uri.location() + ": " + e.getMessage(), e);
        } finally {
            if (!done) {
                films.release(film, System.currentTimeMillis());
            }
        }
    }

    private void checkNumber(VodStream.Plan plan) throws Refusal {
        if (plan.uri().live()
                && rules.mostLive() > 0
                && running.values().stream().filter(vod -> vod.uri().live()).count() >= rules.mostLive()) {
            throw new Refusal(
                    StatusText.SERVER_IS_OVERLOADED,
                    "there are vod_max_streams=" + rules.mostLive() + " broadcasts already");
        }
    }

    private void checkStart(VodStream.Plan plan, Film film) throws IOException {
        if (!plan.begin().equals(PlayoutStart.NOW)) {
            film.findEnd();
            plan.begin().within(film.isEndKnown() ? film.durationUs() : 0, plan.looped(), wallClock.nowUs());
        }
    }

    @Override
    public Optional<ScaledPicture> scaled(VodStream vod, ScaledSize size) {
        return scaled.scaled(vod, size);
    }

    @Override
    public void onTimeline(VodStream vod, BroadcastTimeline timeline) {
        files.changed(vod.stream().mediaSessionId(), timeline);
        shared.changed(vod);
    }

    @Override
    public void onHeld(VodStream vod) {
        shared.held(vod);
    }

    @Override
    public void onIdle(VodStream vod) {
        if (!shared.idle(vod)) {
            vod.endUnheld();
        }
    }

    @Override
    public void onEnd(VodStream vod, StreamEnd how) {
        streams.remove(vod.stream());
        boolean ran = running.remove(vod.stream().mediaSessionId(), vod);
        if (ran && how.reason() != StatusText.REQUESTED_STREAM_SHUTDOWN) {
            files.forget(vod.stream().mediaSessionId());
        }
        shared.ended(vod, how);
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
        return running.values().stream()
                .map(VodDescription::of)
                .filter(criteria)
                .toList();
    }

    /**
     * Ends what runs, and forgets what waits to go on after a restart.
     *
     * @param criteria by name and URI
     * @return how many there were
     */
    int terminate(BiPredicate<String, String> criteria) {
        return files.forgetWaiting(earlier -> criteria.test(earlier.name(), earlier.uri()))
                + end(vod -> criteria.test(vod.localStreamName(), vod.uri()), TERMINATED);
    }

    /** Ends the running streams that {@code criteria} holds for. @return how many there were */
    int end(Predicate<VodDescription> criteria, StatusText why) {
        List<VodStream> matching = running.values().stream()
                .filter(vod -> criteria.test(VodDescription.of(vod)))
                .toList();
        matching.forEach(vod -> vod.end(why));
        return matching.size();
    }
}
