package org.reelcast.stream;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.OnLoop;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.MediaKind;
import org.reelcast.refusal.StatusText;

/**
 * The hub between what makes frames (a film, a publisher) and what takes them (viewers, recordings). Frames carry the
 * time at which they are due on the loop's clock.
 */
@OnLoop
public final class Stream {
    private static final Logger LOG = Logger.getLogger(Stream.class.getName());

    private final String mediaSessionId;
    private final String name;
    private final MediaLoop loop;
    private final SourceTraits traits;
    private final StreamSource source;
    private final List<StreamTrack> tracks;
    private final long createdMs = System.currentTimeMillis();
    /** Guarded by itself. */
    private final Set<Hold> holds = new LinkedHashSet<>();
    /** Nobody new may hold the stream; written under the lock of {@link #holds}. */
    private volatile boolean retired;

    private StreamEnd end;
    private volatile String problem;

    /** A track as its source announces it. */
    public record Offer(StreamTrack.Form form, Format format) {}

    /** @param name what viewers play it by */
    public Stream(String name, MediaLoop loop, SourceTraits traits, List<Offer> tracks, StreamSource source) {
        this(newMediaSessionId(), name, loop, traits, tracks, source);
    }

    /** The same with a media session id that the client chose. */
    public Stream(
            String mediaSessionId,
            String name,
            MediaLoop loop,
            SourceTraits traits,
            List<Offer> tracks,
            StreamSource source) {
        this.mediaSessionId = mediaSessionId;
        this.name = name;
        this.loop = loop;
        this.traits = traits;
        this.source = source;
        this.tracks = tracks.stream()
                .map(offer -> new StreamTrack(offer.form(), offer.format(), newGroupOfPictures(), this::broke))
                .toList();
    }

    public static String newMediaSessionId() {
        return UUID.randomUUID().toString();
    }

    /** A place to keep this stream's group of pictures. */
    public <T> GroupOfPictures<T> newGroupOfPictures() {
        return new GroupOfPictures<>(traits.keyFramesOnRequest());
    }

    /** A UUID. */
    @AnyThread
    public String mediaSessionId() {
        return mediaSessionId;
    }

    @AnyThread
    public String name() {
        return name;
    }

    @AnyThread
    public MediaLoop loop() {
        return loop;
    }

    @AnyThread
    public SourceTraits traits() {
        return traits;
    }

    @AnyThread
    public StreamSource source() {
        return source;
    }

    /** The tracks offered, which are the same as long as the stream lasts. */
    @AnyThread
    public List<StreamTrack> tracks() {
        return tracks;
    }

    /** What the picture that players in real time get looks like. */
    @AnyThread
    public Optional<Format> video() {
        return realTime(MediaKind.VIDEO);
    }

    /** What the sound that players in real time get looks like. */
    @AnyThread
    public Optional<Format> audio() {
        return realTime(MediaKind.AUDIO);
    }

    private Optional<Format> realTime(MediaKind kind) {
        return TrackChoice.REAL_TIME.of(tracks).stream()
                .filter(track -> track.kind() == kind)
                .map(StreamTrack::format)
                .findFirst();
    }

    /** When the stream was made, in ms since 1970. */
    @AnyThread
    public long createdMs() {
        return createdMs;
    }

    /** Takes part in the stream; empty when it is over. */
    @AnyThread
    public Optional<Hold> hold(Holder holder) {
        Hold hold = new Hold(this, holder);
        boolean first;
        synchronized (holds) {
            if (retired) {
                return Optional.empty();
            }
            first = holder.lasting() && !isHeld();
            holds.add(hold);
        }
        if (first) {
            source.onHeld();
        }
        loop.execute(() -> hold.tracks().forEach(this::take));
        return Optional.of(hold);
    }

    void release(Hold hold) {
        boolean last;
        synchronized (holds) {
            holds.remove(hold);
            last = hold.holder().lasting() && !isHeld() && !retired;
        }
        loop.execute(() -> hold.tracks().forEach(this::letGo));
        if (last) {
            source.onUnheld();
        }
    }

    /** Who takes part. */
    @AnyThread
    public List<Hold> holds() {
        synchronized (holds) {
            return List.copyOf(holds);
        }
    }

    /** Whether somebody takes part for whom the stream goes on ({@link Holder#lasting}). */
    @AnyThread
    public boolean isHeld() {
        return holds().stream().anyMatch(hold -> hold.holder().lasting());
    }

    /** Whether somebody of that kind takes part. */
    @AnyThread
    public boolean isHeldFor(String kind) {
        return holds().stream().anyMatch(hold -> hold.holder().kind().equals(kind));
    }

    /** Nobody can hold the stream any more. @return false when that was so already */
    @AnyThread
    public boolean retire() {
        synchronized (holds) {
            boolean first = !retired;
            retired = true;
            return first;
        }
    }

    /** The same, unless it {@link #isHeld}. */
    @AnyThread
    public boolean retireUnheld() {
        synchronized (holds) {
            return !isHeld() && retire();
        }
    }

    /** Whether {@link #retire} was called. */
    @AnyThread
    public boolean isRetired() {
        return retired;
    }

    private void take(StreamTrack track) {
        if (track.take() && end == null) {
            source.onTaken(track, true);
        }
    }

    private void letGo(StreamTrack track) {
        if (track.letGo() && end == null) {
            source.onTaken(track, false);
        }
    }

    /** Has the source make a key frame soon, if it can; for who has no group of pictures to begin with. */
    public void requestKeyFrame() {
        if (traits.keyFramesOnRequest() && end == null && video().isPresent()) {
            source.requestKeyFrame();
        }
    }

    /**
     * Keeps a frame of the past, from a key frame on: once it has {@link #caughtUp}, or with the next one {@link
     * #publish}ed of its track, everybody who takes it starts anew from what was kept.
     */
    public void prepare(StreamTrack track, Frame frame) {
        if (end == null) {
            track.prepare(frame);
        }
    }

    /** What was kept of a track's past reaches up to the present: the next frame of it may be long in coming. */
    public void caughtUp(StreamTrack track) {
        if (end == null) {
            track.caughtUp();
        }
    }

    /** Hands a frame that is due to everybody who takes its track. */
    public void publish(StreamTrack track, Frame frame) {
        if (end == null) {
            track.publish(frame);
        }
    }

    /** Sound and picture are in step from now on, see {@link Subscriber#onInStep}. */
    public void inStep(long pictureUs) {
        tellAll(subscriber -> subscriber.onInStep(pictureUs));
    }

    /** The stream stood still, see {@link Subscriber#onWaited}. */
    public void waited(long us) {
        tellAll(subscriber -> subscriber.onWaited(us));
    }

    private void tellAll(Consumer<Subscriber> what) {
        for (Subscriber subscriber : subscribers()) {
            try {
                what.accept(subscriber);
            } catch (RuntimeException e) {
                broke(subscriber, e);
            }
        }
    }

    /** A subscriber that breaks gets nothing more, and ends neither the stream nor what others get of it. */
    private void broke(Subscriber subscriber, RuntimeException why) {
        LOG.log(Level.SEVERE, "Something that takes a stream broke, and gets nothing more of it", why);
        unsubscribe(subscriber);
        end(subscriber, StreamEnd.failed(StatusText.FAILED_BY_ERROR));
    }

    private static void end(Subscriber subscriber, StreamEnd how) {
        try {
            subscriber.onEnd(how);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "Something that took a stream broke at its end", e);
        }
    }

    private List<Subscriber> subscribers() {
        return tracks.stream()
                .flatMap(track -> track.subscribers().stream())
                .distinct()
                .toList();
    }

    /**
     * From now on {@code subscriber} gets what is published of its tracks; when the stream has ended, only its end. A
     * film's track comes as long as somebody holds the stream for it.
     */
    public void subscribe(Subscriber subscriber, List<StreamTrack> wanted) {
        if (end != null) {
            subscriber.onEnd(end);
            return;
        }
        wanted.forEach(track -> track.add(subscriber));
        subscriber.onStart(wanted.stream()
                .filter(StreamTrack::isVideo)
                .findFirst()
                .map(StreamTrack::groupOfPictures)
                .orElse(List.of()));
    }

    /** {@code subscriber} gets nothing more, not even the end. */
    public void unsubscribe(Subscriber subscriber) {
        tracks.forEach(track -> track.remove(subscriber));
    }

    /** What a user should know that is wrong with the stream, which goes on; empty when nothing is. */
    @AnyThread
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** From now on {@code what} is wrong with the stream; null: nothing is any more. */
    public void setProblem(String what) {
        if (end == null && !Objects.equals(what, problem)) {
            problem = what;
            if (what != null) {
                tellAll(subscriber -> subscriber.onProblem(what));
            }
        }
    }

    /** Ends the stream for everybody; later calls change nothing. */
    public void end(StreamEnd how) {
        if (end != null) {
            return;
        }
        retire();
        end = how;
        List<Subscriber> last = subscribers();
        tracks.forEach(StreamTrack::close);
        last.forEach(subscriber -> end(subscriber, how));
    }
}
