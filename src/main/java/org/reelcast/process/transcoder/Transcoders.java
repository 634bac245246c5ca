package org.reelcast.process.transcoder;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.reelcast.cluster.OriginStreams;
import org.reelcast.live.images.Watermark;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;
import org.reelcast.stream.Streams;

/** The streams that are transcoded at the request of REST, by their URIs. */
@AnyThread
final class Transcoders implements Transcode.Listener {
    private static final Logger LOG = Logger.getLogger(Transcoders.class.getName());
    /** Holds the source, and has it read for what is taken of it. */
    static final Holder HOLDER = Holder.output(Transcode.KIND, offered -> List.of());

    private static final int MOST = 1000;

    private final Streams streams;
    private final TranscoderContext means;
    private final Watermarks watermarks;
    private final OriginStreams origins;
    private final Consumer<String> onOver;
    private final Map<String, Entry> running = new ConcurrentHashMap<>();
    /** URIs of those that are about to start; guarded by itself. */
    private final Set<String> starting = new HashSet<>();

    /** A transcoder, with the URI by which it was started and the name of its source as it was given. */
    record Entry(String uri, String remoteStreamName, Transcode transcode, Optional<String> watermark) {

        Entry withWatermark(Optional<String> other) {
            return new Entry(uri, remoteStreamName, transcode, other);
        }
    }

    /**
     * @param origins tell other nodes of what comes out
     * @param onOver  is told the URIs of those that are over
     */
    Transcoders(
            Streams streams,
            TranscoderContext means,
            Watermarks watermarks,
            OriginStreams origins,
            Consumer<String> onOver) {
        this.streams = streams;
        this.means = means;
        this.watermarks = watermarks;
        this.origins = origins;
        this.onOver = onOver;
    }

    /**
     * Starts one.
     *
     * @param remote name or URI of the source
     */
    @Blocking
    void startup(String uri, String remote, TranscodePlan plan) throws Refusal {
        RequestedEncoding wish = plan.wish().checked();
        String local = plan.name();
        if (streams.isTaken(local)) {
            throw Streams.nameTaken(local);
        }
        origins.checkFree(local);
        synchronized (starting) {
            if (running.containsKey(uri) || !starting.add(uri)) {
                throw new Refusal(StatusText.STREAM_NAME_ALREADY_IN_USE, "There is a transcoder '" + uri + "' already");
            }
        }
        try {
            if (running.size() >= MOST) {
                throw new Refusal(StatusText.NO_AVAILABLE_TRANSCODERS, MOST + " transcoders are the most");
            }
            Watermark watermark = wish.watermark().isPresent()
                    ? watermarks.read(wish.watermark().get())
                    : null;
            open(uri, remote, plan, watermark);
            LOG.info(() -> "'" + local + "' is transcoded of '" + remote + "'");
        } finally {
            synchronized (starting) {
                starting.remove(uri);
            }
        }
    }

    private void open(String uri, String remote, TranscodePlan plan, Watermark watermark) throws Refusal {
        Hold input = streams.open(remote, HOLDER);
        Stream opened = null;
        try {
            Transcode transcode = new Transcode(plan, input, means, this);
            transcode.mark(watermark);
            // it may be over as soon as it is open
            running.put(uri, new Entry(uri, remote, transcode, plan.wish().watermark()));
            origins.started(transcode.stream());
            opened = transcode.stream();
            transcode.open();
            input.start();
        } catch (Refusal | RuntimeException e) {
            running.remove(uri);
            if (opened != null) {
                origins.ended(opened);
            }
            input.close();
            throw e;
        }
    }

    /** @throws Refusal when there is none of that URI */
    Entry get(String uri) throws Refusal {
        Entry entry = running.get(uri);
        if (entry == null) {
            throw notFound(uri);
        }
        return entry;
    }

    List<Entry> all() {
        return List.copyOf(running.values());
    }

    /** @return whether there was one */
    boolean terminate(String uri, StatusText why) {
        Entry entry = running.get(uri);
        if (entry != null) {
            entry.transcode().end(why);
        }
        return entry != null;
    }

    /** @param name of the image; empty to take it away */
    void mark(String uri, Optional<String> name) throws Refusal {
        Watermark watermark = name.isPresent() ? watermarks.read(name.get()) : null;
        Entry entry = running.get(uri);
        if (entry == null) {
            throw notFound(uri);
        }
        entry.transcode().mark(watermark);
        running.computeIfPresent(uri, (same, before) -> before.withWatermark(name));
    }

    static Refusal notFound(String uri) {
        return new Refusal(StatusText.STREAM_NOT_FOUND, "There is no transcoder '" + uri + "'");
    }

    /** It goes on without viewers, until it is terminated or its source ends. */
    @Override
    public void onUnheld(Transcode transcode) {
        // as REST says
    }

    @Override
    public void onEnd(Transcode transcode) {
        origins.ended(transcode.stream());
        running.values().stream()
                .filter(entry -> entry.transcode() == transcode)
                .forEach(entry -> {
                    running.remove(entry.uri());
                    onOver.accept(entry.uri());
                });
        LOG.info(() -> "'" + transcode.stream().name() + "' is over: "
                + transcode.counters().pictures() + " pictures were encoded, " + transcode.dropped() + " left out");
    }

    void endAll(StatusText why) {
        all().forEach(entry -> entry.transcode().end(why));
    }
}
