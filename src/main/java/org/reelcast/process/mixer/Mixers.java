package org.reelcast.process.mixer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.reelcast.cluster.OriginStreams;
import org.reelcast.loop.Admission;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;
import org.reelcast.stream.Streams;

/** The mixers of this server, by their URIs. */
@AnyThread
final class Mixers implements Mixer.Listener {
    static final String SCHEME = "mixer://";
    private static final Logger LOG = Logger.getLogger(Mixers.class.getName());
    /** Keeps an input going; which tracks of it are read is the decoders' matter. */
    private static final Holder HOLDER = Holder.output("mixer", offered -> List.of());

    private static final int MOST = 1000;

    private final MixerContext means;
    private final Admission admission;
    private final OriginStreams origins;
    private final Mixer.Listener listener;
    private final Map<String, Mixer> running = new ConcurrentHashMap<>();

    /**
     * @param origins  tell other nodes of what they make
     * @param listener hears what becomes of them
     */
    Mixers(MixerContext means, Admission admission, OriginStreams origins, Mixer.Listener listener) {
        this.means = means;
        this.admission = admission;
        this.origins = origins;
        this.listener = listener;
    }

    /** Starts a mixer with nothing in it. */
    void startup(Mixer.Plan plan) throws Refusal {
        String uri = plan.uri();
        String name = plan.name();
        MixerParameters parameters = plan.parameters();
        if (means.streams().isTaken(name)) {
            throw Streams.nameTaken(name);
        }
        origins.checkFree(name);
        if (running.size() >= MOST || !admission.admits()) {
            throw new Refusal(StatusText.SERVER_IS_OVERLOADED, "no room for another mixer");
        }
        Mixer mixer = new Mixer(plan, means, this);
        if (running.putIfAbsent(uri, mixer) != null) {
            mixer.discard();
            throw new Refusal(StatusText.MIXER_ALREADY_EXISTS, "There is a mixer '" + uri + "' already");
        }
        origins.started(mixer.stream());
        try {
            mixer.open();
        } catch (Refusal e) {
            running.remove(uri, mixer);
            origins.ended(mixer.stream());
            mixer.discard();
            throw e;
        }
        LOG.info(() -> "The mixer '" + uri + "' makes the stream '" + name + "', " + parameters.width() + "x"
                + parameters.height());
    }

    /** Puts a stream into a mixer. @param name of the stream, or its URI */
    @Blocking
    void add(String uri, String name, MixerInput.Wish wish) throws Refusal {
        add(uri, name, wish, HOLDER);
    }

    private void add(String uri, String name, MixerInput.Wish wish, Holder holder) throws Refusal {
        Mixer mixer = mixer(uri);
        Hold hold = means.streams().open(name, holder);
        mixer.add(name, hold, wish);
        LOG.info(() -> "'" + name + "' is in the mixer '" + uri + "'");
    }

    void remove(String uri, String name) throws Refusal {
        if (!mixer(uri).remove(name)) {
            throw notIn(uri, name);
        }
    }

    static Refusal notIn(String uri, String name) {
        return new Refusal(StatusText.STREAM_NOT_FOUND, "No stream '" + name + "' is in '" + uri + "'");
    }

    Mixer mixer(String uri) throws Refusal {
        Mixer mixer = running.get(uri);
        if (mixer == null) {
            throw Mixer.notFound(uri);
        }
        return mixer;
    }

    MixerInput input(String uri, String name) throws Refusal {
        return mixer(uri).input(name).orElseThrow(() -> notIn(uri, name));
    }

    Collection<Mixer> all() {
        return List.copyOf(running.values());
    }

    void terminate(String uri, StatusText why) throws Refusal {
        mixer(uri).end(why);
    }

    @Override
    public void onInputs(Mixer mixer) {
        listener.onInputs(mixer);
    }

    @Override
    public void onEnd(Mixer mixer) {
        running.remove(mixer.uri(), mixer);
        origins.ended(mixer.stream());
        listener.onEnd(mixer);
        LOG.info(() -> "The mixer '" + mixer.uri() + "' is over: " + mixer.summary());
    }

    /** Ends those that have been empty for so long. */
    void endIdle(long timeoutUs) {
        all().stream()
                .filter(mixer -> mixer.emptyUs() > timeoutUs)
                .forEach(mixer -> mixer.end(StatusText.REQUESTED_STREAM_SHUTDOWN));
    }

    void endAll() {
        all().forEach(mixer -> mixer.end(StatusText.REQUESTED_STREAM_SHUTDOWN));
    }

    /** The room of a stream that somebody publishes as {@code user#room}. */
    static Optional<String> room(Stream stream) {
        String name = stream.name();
        int at = name.indexOf('#');
        return stream.source().mediaProvider().isPresent() && at > 0 && at < name.length() - 1
                ? Optional.of(name.substring(at + 1))
                : Optional.empty();
    }

    /**
     * Puts a published stream into the mixer of its room, which is started if there is none; it goes on in any case. What
     * that takes is its publisher's share.
     */
    void join(String room, Stream published, MixerParameters parameters) {
        String uri = SCHEME + room;
        String client = published.source().client();
        try {
            synchronized (this) {
                if (!running.containsKey(uri)) {
                    startup(new Mixer.Plan(uri, Stream.newMediaSessionId(), room, parameters, client));
                }
            }
            add(uri, published.name(), new MixerInput.Wish(true, true, Optional.empty(), null), HOLDER.of(client));
        } catch (Refusal e) {
            LOG.warning(() -> "'" + published.name() + "' is published and not mixed: " + e.getMessage());
        }
    }
}
