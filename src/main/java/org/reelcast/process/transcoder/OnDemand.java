package org.reelcast.process.transcoder;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.media.H264Format;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.SourceProvider;
import org.reelcast.stream.Stream;
import org.reelcast.stream.Streams;
import org.reelcast.stream.Variant;

/**
 * Streams that are transcoded since somebody who takes them wants it so: made with the first who does, shared by all who
 * want the same, ended some seconds after the last one.
 */
@AnyThread
final class OnDemand implements SourceProvider, Transcode.Listener {
    private static final Logger LOG = Logger.getLogger(OnDemand.class.getName());
    /** Who comes back soon finds it going on. */
    private static final long LINGER_MS = 5_000;

    private static final int MOST = 200;

    private final Streams streams;
    private final TranscoderContext means;
    private final boolean disabled;
    private final ScheduledExecutorService scheduler;
    /** By the URIs of what they are; guarded by this. */
    private final Map<String, Transcode> running = new HashMap<>();

    /** @param disabled whether nothing is transcoded for those who play */
    OnDemand(Streams streams, TranscoderContext means, boolean disabled, ScheduledExecutorService scheduler) {
        this.streams = streams;
        this.means = means;
        this.disabled = disabled;
        this.scheduler = scheduler;
    }

    @Override
    public Set<String> schemes() {
        return Set.of(Variant.SCHEME);
    }

    @Override
    public boolean isPersonal(String scheme) {
        return false;
    }

    @Override
    public Executor opener(String uri) {
        return streams.opener(Variant.parse(uri).map(Variant::name).orElse(uri));
    }

    @Override
    public Optional<Refusal> whyUnavailable(String uri, String client) {
        try {
            Variant variant = variant(uri);
            return streams.whyUnavailable(variant.name(), client);
        } catch (Refusal e) {
            return Optional.of(e);
        }
    }

    private Variant variant(String uri) throws Refusal {
        if (disabled) {
            throw new Refusal(
                    StatusText.TRANSCODING_REQUIRED_BUT_DISABLED,
                    "'" + uri + "' would have to be transcoded, and transcoding_disabled is true");
        }
        return Variant.parse(uri)
                .filter(variant -> Variant.parse(variant.name()).isEmpty())
                .orElseThrow(() -> new Refusal(
                        StatusText.BAD_URI, "'" + uri + "' is not as in " + Variant.SCHEME + "://640x360@800/NAME"));
    }

    @Override
    public Hold open(String uri, Holder who) throws Refusal {
        Variant variant = variant(uri);
        Hold input = streams.open(variant.name(), Transcoders.HOLDER.of(who.client()));
        try {
            RequestedEncoding wish = wish(variant, input.stream()).checked();
            Variant made = new Variant(variant.name(), wish.width(), wish.height(), wish.bitrate(), variant.baseline());
            return made.isOriginal() ? hold(input.stream(), who) : shared(made, wish, input.stream(), who);
        } finally {
            // whoever is new has a hold of its own by now
            input.close();
        }
    }

    private static Hold hold(Stream stream, Holder who) throws Refusal {
        return stream.hold(who).orElseThrow(() -> new Refusal(StatusText.STREAM_NOT_FOUND, "the stream has ended"));
    }

    /** The largest size in proportion within what is wanted; the source's own size is no wish. */
    private static RequestedEncoding wish(Variant variant, Stream source) {
        int width = variant.width() & ~1;
        int height = variant.height() & ~1;
        Optional<H264Format> picture = source.video()
                .filter(H264Format.class::isInstance)
                .map(H264Format.class::cast)
                .filter(format -> format.width() > 0);
        PictureFit own = picture.flatMap(format -> PictureFit.of(RequestedEncoding.NONE, format))
                .orElse(null);
        if (own != null && width > 0 && height > 0) {
            boolean wider = (long) own.width() * height >= (long) own.height() * width;
            height = wider ? 0 : height;
            width = wider ? width : 0;
        }
        if (own != null && (width >= own.width() || height >= own.height())) {
            width = 0;
            height = 0;
        }
        return new RequestedEncoding(width, height, 0, 0, variant.bitrate(), "", Optional.empty());
    }

    private synchronized Hold shared(Variant variant, RequestedEncoding wish, Stream source, Holder who)
            throws Refusal {
        Transcode known = running.get(variant.uri());
        Optional<Hold> joined =
                known == null ? Optional.empty() : known.stream().hold(who);
        return joined.isPresent() ? joined.get() : hold(made(variant, wish, source, who.client()).stream(), who);
    }

    private Transcode made(Variant variant, RequestedEncoding wish, Stream source, String client) throws Refusal {
        String name = variant.uri();
        if (running.size() >= MOST) {
            throw new Refusal(
                    StatusText.NO_AVAILABLE_TRANSCODERS, MOST + " streams are transcoded for viewers already");
        }
        Hold input = hold(source, Transcoders.HOLDER);
        try {
            Transcode transcode = new Transcode(
                    new TranscodePlan(Stream.newMediaSessionId(), name, wish, true, variant.baseline(), client),
                    input,
                    means,
                    this);
            running.put(name, transcode);
            transcode.open();
            LOG.info(() -> name + " is transcoded for who plays it");
            return transcode;
        } catch (Refusal | RuntimeException e) {
            running.remove(name);
            input.close();
            throw e;
        }
    }

    @Override
    public void onUnheld(Transcode transcode) {
        try {
            scheduler.schedule(() -> endUnheld(transcode), LINGER_MS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // the server goes down, and ends them all
            transcode.end(StatusText.REQUESTED_STREAM_SHUTDOWN);
        }
    }

    private void endUnheld(Transcode transcode) {
        if (transcode.stream().retireUnheld()) {
            forget(transcode);
            transcode.end(StatusText.STOPPED_BY_USER);
        }
    }

    /** Another one may have its name from now on. */
    private synchronized void forget(Transcode transcode) {
        running.remove(transcode.plan().name(), transcode);
        streams.remove(transcode.stream());
    }

    @Override
    public void onEnd(Transcode transcode) {
        forget(transcode);
        LOG.info(() -> transcode.plan().name() + " is over: "
                + transcode.counters().pictures() + " pictures were encoded, " + transcode.dropped() + " left out");
    }

    synchronized void endAll(StatusText why) {
        running.values().forEach(transcode -> transcode.end(why));
    }
}
