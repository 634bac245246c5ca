package org.reelcast.source.vod;

import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.OnLoop;
import org.reelcast.loop.WallClock;
import org.reelcast.media.Frame;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.reencode.ScaledSize;
import org.reelcast.stream.FilmBroadcast;
import org.reelcast.stream.ScaledPicture;
import org.reelcast.stream.SourceTraits;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamSource;
import org.reelcast.stream.StreamTrack;

/**
 * A film that plays as a stream: personal for the one who asked, or live for whoever joins. Only the tracks that
 * somebody takes are read; a broadcast that nobody takes goes on by the clock alone.
 */
final class VodStream implements StreamSource {
    private static final Logger LOG = Logger.getLogger(VodStream.class.getName());
    /** A film that waits for data stands at most so long behind its last frame. */
    private static final long FRAME_US = 100_000;
    /** How often a broadcast is held against the time of day, also one that nobody watches or that is to come. */
    private static final long CLOCK_CHECK_US = 1_000_000;

    private static final long NEVER_US = Long.MAX_VALUE / 4;

    private final VodUri uri;
    private final Means means;
    /** Streams of its picture in other sizes, which go by its timeline and end with it. */
    private final Set<VodStream> followers = ConcurrentHashMap.newKeySet();

    private final boolean looped;
    private final Film film;
    private final Stream stream;
    private final MediaLoop loop;
    private final WallClock wallClock;
    private final FilmStore films;
    private final PlayoutStart begin;
    private final long timeoutUs;
    private final long idleUs;
    private final boolean shared;
    private final Listener listener;
    private final ReadAhead ahead;
    private final Playout playout;
    private MediaLoop.Timer tick;
    private MediaLoop.Timer idle;
    /** How often the play-out's anchor had been set when the timeline was made. */
    private int anchors;
    /** Of the film; 0 while that is not known. */
    private long passUs;
    /** Null before it is settled. */
    private volatile BroadcastTimeline timeline;
    /** Null before the film plays. */
    private volatile Shown shown;

    /**
     * What is shown.
     *
     * @param zeroAtUs   the time of day of the film's time 0
     * @param steppedUs  of the wall clock when this was so
     * @param standsAtUs where a film that waits has come to
     */
    private record Shown(long zeroAtUs, long steppedUs, long standsAtUs) {}

    /** Is told what becomes of the stream. */
    interface Listener {

        /** What is shown when was settled, or has changed. */
        @OnLoop
        void onTimeline(VodStream vod, BroadcastTimeline timeline);

        /** Somebody takes part in a stream that nobody did before. */
        @AnyThread
        void onHeld(VodStream vod);

        /** Its picture in another size; empty when it cannot be encoded so. Any thread; may block. */
        Optional<ScaledPicture> scaled(VodStream vod, ScaledSize size);

        /** Nobody has taken part in a broadcast for as long as it may be. */
        @OnLoop
        void onIdle(VodStream vod);

        /**
         * The stream ends: called once, by the thread that ends it, before the viewers learn of it. Who asks for the
         * stream after {@link VodStream#end} does not find it any more.
         */
        void onEnd(VodStream vod, StreamEnd how);
    }

    /**
     * What plays, and how.
     *
     * @param name      what it is joined by; for a personal stream its URI
     * @param timeoutUs how long a live stream goes on after the last viewer has left
     * @param idleUs    how long one goes on that had none yet; 0 = to its end
     * @param shared    whether other servers show the same
     */
    record Plan(
            VodUri uri,
            String name,
            boolean looped,
            PlayoutStart begin,
            long timeoutUs,
            long idleUs,
            Playout.WhenLate whenLate,
            boolean shared) {}

    /** What a stream runs by. */
    record Means(MediaLoop loop, Readers readers, WallClock wallClock, FilmStore films) {}

    /** @param mediaSessionId of a stream that goes on from an earlier run of the server */
    VodStream(Plan plan, Film film, Means means, Optional<String> mediaSessionId, Listener listener) {
        this.means = means;
        this.uri = plan.uri();
        this.looped = plan.looped();
        this.film = film;
        this.loop = means.loop();
        this.wallClock = means.wallClock();
        this.films = means.films();
        this.begin = plan.begin();
        this.timeoutUs = plan.timeoutUs();
        this.idleUs = plan.idleUs();
        this.shared = plan.shared() && uri.live();
        this.listener = listener;
        this.stream = new Stream(
                mediaSessionId.orElseGet(Stream::newMediaSessionId),
                plan.name(),
                loop,
                uri.live() ? SourceTraits.BROADCAST_FILM : SourceTraits.PERSONAL_FILM,
                film.tracks().stream().map(FilmTrack::offer).toList(),
                this);
        this.ahead = new ReadAhead(
                new FilmReader(film, looped, this::onSilence),
                film.tracks().size(),
                means.readers().of(film),
                loop,
                this::play);
        this.playout = new Playout(
                ahead,
                begin.positionUs(),
                film.reserve(),
                film.remote().isPresent() ? ahead::isWellFilled : () -> true,
                uri.live() ? plan.whenLate() : Playout.WhenLate.WAIT,
                this::skipped);
    }

    VodUri uri() {
        return uri;
    }

    boolean isLooped() {
        return looped;
    }

    Film film() {
        return film;
    }

    Stream stream() {
        return stream;
    }

    /** Plays from now on, unless it does already. */
    @AnyThread
    @Override
    public void start(long leadUs) {
        loop.execute(() -> {
            if (!playout.isStarted()) {
                WallClock.Reading reading = wallClock.reading();
                begin.timeUs()
                        .ifPresentOrElse(
                                timeUs -> playout.startAt(timeUs - reading.offsetUs() - begin.positionUs()),
                                () -> playout.start(loop.nowUs(), leadUs));
                if (!playout.readsAny() && !film.isEndKnown()) {
                    open(0);
                }
                ahead.refill();
                play(reading);
                if (idleUs > 0 && uri.live() && idle == null) {
                    long beginsUs = begin.timeUs().orElse(reading.offsetUs()) - reading.offsetUs();
                    idle = loop.at(Math.max(loop.nowUs(), beginsUs) + idleUs, this::onIdleTimeout);
                }
            }
        });
    }

    @Override
    public void end(StatusText why) {
        end(StreamEnd.stopped(why));
    }

    /** The same, any way. */
    void end(StreamEnd how) {
        if (stream.retire()) {
            leave(how);
        }
    }

    @Override
    public void onTaken(StreamTrack track, boolean taken) {
        int index = stream.tracks().indexOf(track);
        if (taken && !playout.reads(index)) {
            track.forget();
            open(index);
        } else if (!taken && !isLastOfAnOpenEnd()) {
            ahead.close(index);
            playout.leave(index, loop.nowUs());
            track.forget();
        }
        // after the other tracks that are taken with this one
        loop.execute(this::go);
    }

    private void open(int track) {
        long nowUs = loop.nowUs();
        ahead.open(track, playout.filmUs(nowUs));
        playout.join(track, nowUs);
    }

    /** The film is late, and what was missed is not played any more. */
    private void skipped(BitSet tracks, long filmUs, long lateUs, boolean again) {
        if (filmUs != Playout.GO_ON) {
            tracks.stream().forEach(track -> {
                ahead.close(track);
                ahead.open(track, filmUs);
            });
            loop.execute(this::go);
        }
        LOG.log(
                again ? Level.FINE : Level.INFO,
                () -> stream.name() + " skips what came " + lateUs / 1000 + " ms late");
    }

    /** A film that tells its length only at its end is read up to there, whether anybody takes it or not. */
    private boolean isLastOfAnOpenEnd() {
        return !film.isEndKnown() && playout.readsOne();
    }

    private void go() {
        ahead.refill();
        play();
    }

    private void play() {
        play(wallClock.reading());
    }

    /** @param reading one for all that is done, as the clock may be set between */
    private void play(WallClock.Reading reading) {
        if (stream.isRetired()) {
            return;
        }
        cancel(tick);
        followWallClock(reading);
        long nextUs = playout.poll(loop.nowUs(), this::publish);
        keepTimeline(reading);
        if (playout.isEnded()) {
            end(
                    playout.failure() == null
                            ? StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP)
                            : StreamEnd.failed(StatusText.GOT_EXCEPTION_WHILE_STREAMING_FILE));
            return;
        }
        if (ahead.isReadUpTo(playout.filmUs(loop.nowUs()))) {
            stream.tracks().forEach(stream::caughtUp);
        }
        long latestUs = uri.live() && playout.isStarted() ? Math.min(nextUs, loop.nowUs() + CLOCK_CHECK_US) : nextUs;
        if (latestUs != Long.MAX_VALUE) {
            tick = loop.at(latestUs, this::play);
        }
    }

    /** Whether the time for which the start is set has not come. */
    private boolean isToCome() {
        return playout.isStarted()
                && begin.timeUs().isPresent()
                && loop.nowUs() < playout.anchorClockUs() + begin.positionUs();
    }

    /**
     * The picture stays when the machine's clock is set; it is another time of day at which it is shown. A start that is
     * to come is at the time of day that was asked for, and what other servers show, too, at the time that all have.
     */
    private void followWallClock(WallClock.Reading reading) {
        if (timeline == null || !uri.live()) {
            return;
        }
        long stepUs = reading.steppedUs() - shown.steppedUs();
        if (stepUs != 0 && !isToCome() && !shared) {
            setTimeline(timeline.movedBy(stepUs));
        }
        playout.follow(timeline.whenDueUs(0) - reading.offsetUs());
    }

    private void keepTimeline(WallClock.Reading reading) {
        if (!playout.isStarted()) {
            return;
        }
        if (passUs == 0 && film.isEndKnown()) {
            passUs = film.durationUs();
        }
        long zeroAtUs = playout.anchorClockUs() + reading.offsetUs();
        if (playout.anchors() != anchors) {
            anchors = playout.anchors();
            BroadcastTimeline last = timeline;
            if (last != null && uri.live()) {
                LOG.info(() -> stream.name() + " goes on " + (zeroAtUs - last.whenDueUs(0)) / 1000
                        + " ms later than it was to, as its data came too late");
            }
            setTimeline(BroadcastTimeline.of(
                    film.id(),
                    passUs,
                    looped,
                    zeroAtUs + begin.positionUs(),
                    begin.positionUs(),
                    last == null ? begin.epoch() : last.epoch() + 1));
        } else if (timeline != null && timeline.passUs() != passUs) {
            setTimeline(timeline.ofLength(passUs));
        }
        Shown now = new Shown(
                timeline == null || !uri.live() ? zeroAtUs : timeline.whenDueUs(0),
                reading.steppedUs(),
                playout.standsAtUs());
        if (!now.equals(shown)) {
            shown = now;
        }
    }

    /** From now on it shows what others do. */
    @AnyThread
    void adopt(BroadcastTimeline other) {
        loop.execute(() -> {
            if (playout.isStarted() && !stream.isRetired() && !other.equals(timeline)) {
                WallClock.Reading reading = wallClock.reading();
                timeline = other;
                shown = new Shown(other.whenDueUs(0), reading.steppedUs(), playout.standsAtUs());
                playout.adopt(other.whenDueUs(0) - reading.offsetUs());
                anchors = playout.anchors();
                followers.forEach(each -> each.adopt(other));
                play(reading);
            }
        });
    }

    private void setTimeline(BroadcastTimeline changed) {
        timeline = changed;
        listener.onTimeline(this, changed);
        followers.forEach(each -> each.adopt(changed));
    }

    /** What is shown now, in µs from the beginning of the first pass. */
    @AnyThread
    long positionUs() {
        Shown now = shown;
        if (now == null) {
            return begin.positionUs();
        }
        long stepUs = wallClock.reading().steppedUs() - now.steppedUs();
        long byClockUs = wallClock.nowUs() - stepUs - now.zeroAtUs();
        return Math.max(
                begin.positionUs(),
                now.standsAtUs() == Long.MAX_VALUE ? byClockUs : Math.min(byClockUs, now.standsAtUs() + FRAME_US));
    }

    /** What is shown when; empty before that is settled. */
    @AnyThread
    Optional<BroadcastTimeline> timeline() {
        return Optional.ofNullable(timeline);
    }

    @Override
    public Optional<FilmBroadcast> broadcast() {
        return uri.live() && film.isSeekable()
                ? Optional.of(new Broadcast(stream, film, films, wallClock, this::timeline))
                : Optional.empty();
    }

    @Override
    public Optional<ScaledPicture> scaled(int width, int height, int bitrate) {
        return uri.live() && film.hasVideo()
                ? listener.scaled(this, new ScaledSize(width, height, bitrate))
                : Optional.empty();
    }

    /**
     * A stream of the same film that is to go by this one's timeline, and to end with it.
     *
     * @param picture of it
     * @param other   hears of what becomes of it
     */
    VodStream follower(Rendition picture, Listener other) {
        Shown now = shown;
        PlayoutStart same = now == null
                ? begin
                : new PlayoutStart(
                        begin.positionUs(), OptionalLong.of(now.zeroAtUs() + begin.positionUs()), begin.epoch());
        VodStream made = new VodStream(
                new Plan(uri, stream.name(), looped, same, NEVER_US, 0, Playout.WhenLate.KEEP, shared),
                film.withPicture(picture),
                means,
                Optional.empty(),
                other);
        followers.add(made);
        if (stream.isRetired()) {
            made.end(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
        }
        made.start(0);
        return made;
    }

    /** It goes by its timeline no more. */
    void forget(VodStream follower) {
        followers.remove(follower);
    }

    private void publish(int track, Frame frame, boolean past) {
        long waitedUs = playout.waitedUs();
        if (waitedUs > 0) {
            stream.waited(waitedUs);
        }
        if (past) {
            stream.prepare(stream.tracks().get(track), frame);
        } else {
            stream.publish(stream.tracks().get(track), frame);
        }
    }

    /** By who reads: it is said ahead of the moment by as much as is read ahead. */
    private void onSilence(String what) {
        if (what != null) {
            LOG.warning(() -> stream.name() + ": " + what);
        }
        loop.execute(() -> stream.setProblem(what));
    }

    @Override
    public Optional<String> note() {
        return stream.problem().or(film::note);
    }

    /** What broke the film, null when nothing did. */
    Throwable failure() {
        return playout.failure();
    }

    @Override
    public void onHeld() {
        listener.onHeld(this);
    }

    @Override
    public void onUnheld() {
        loop.execute(this::onIdle);
    }

    private void onIdle() {
        if (stream.isHeld()) {
            return;
        }
        if (!uri.live()) {
            end(StreamEnd.stopped(StatusText.STOPPED_BY_USER));
            return;
        }
        cancel(idle);
        idle = loop.at(loop.nowUs() + timeoutUs, this::onIdleTimeout);
    }

    private void onIdleTimeout() {
        if (!stream.isHeld()) {
            listener.onIdle(this);
        }
    }

    /** Ends it, unless somebody takes part. */
    @AnyThread
    void endUnheld() {
        if (stream.retireUnheld()) {
            leave(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
        }
    }

    private void leave(StreamEnd how) {
        // before the film is given back
        followers.forEach(each -> each.end(how));
        listener.onEnd(this, how);
        loop.execute(() -> finish(how));
    }

    private void finish(StreamEnd how) {
        cancel(tick);
        cancel(idle);
        ahead.close();
        stream.end(how);
    }

    private static void cancel(MediaLoop.Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
