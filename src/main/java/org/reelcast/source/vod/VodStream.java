package org.reelcast.source.vod;

import java.util.BitSet;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.reelcast.loop.MediaLoop;
import org.reelcast.media.Frame;
import org.reelcast.refusal.StatusText;
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
    private final VodUri uri;
    private final boolean looped;
    private final Film film;
    private final Stream stream;
    private final MediaLoop loop;
    private final long timeoutUs;
    private final BiConsumer<VodStream, StreamEnd> onEnd;
    private final ReadAhead ahead;
    private final Playout playout;
    /** Tracks that are being read. */
    private final BitSet read = new BitSet();
    private MediaLoop.Timer tick;
    private MediaLoop.Timer idle;

    /**
     * @param name      what it is joined by; for a personal stream its URI
     * @param timeoutUs how long a live stream goes on after the last viewer has left
     * @param onEnd     called once, by the thread that ends the stream, before the viewers learn of it: who asks for
     *                  the stream after {@link #end} does not find it any more
     */
    VodStream(VodUri uri, String name, boolean looped, Film film, MediaLoop loop, Executor readers, long timeoutUs,
            BiConsumer<VodStream, StreamEnd> onEnd) {
        this.uri = uri;
        this.looped = looped;
        this.film = film;
        this.loop = loop;
        this.timeoutUs = timeoutUs;
        this.onEnd = onEnd;
        this.stream = new Stream(name, loop, uri.live() ? SourceTraits.BROADCAST_FILM : SourceTraits.PERSONAL_FILM,
                film.tracks().stream().map(FilmTrack::offer).toList(), this);
        this.ahead = new ReadAhead(new FilmReader(film, looped), film.tracks().size(), readers, loop, this::play);
        this.playout = new Playout(ahead, film.reserve(), film.remote().isPresent() ? ahead::isWellFilled : () -> true);
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

    /** Plays from now on, unless it does already; any thread. */
    @Override
    public void start() {
        loop.execute(() -> {
            if (!playout.isStarted()) {
                playout.start(loop.nowUs());
                if (read.isEmpty() && !film.isEndKnown()) {
                    open(0);
                }
                ahead.refill();
                play();
            }
        });
    }

    @Override
    public void end(StatusText why) {
        end(StreamEnd.stopped(why));
    }

    private void end(StreamEnd how) {
        if (stream.retire()) {
            leave(how);
        }
    }

    @Override
    public void onTaken(StreamTrack track, boolean taken) {
        int index = stream.tracks().indexOf(track);
        if (taken && !read.get(index)) {
            track.forget();
            open(index);
        } else if (!taken && !isLastOfAnOpenEnd()) {
            read.clear(index);
            ahead.close(index);
            playout.leave(index);
            track.forget();
        }
        // after the other tracks that are taken with this one
        loop.execute(this::go);
    }

    private void open(int track) {
        long nowUs = loop.nowUs();
        ahead.open(track, playout.filmUs(nowUs));
        playout.join(track, read, nowUs);
        read.set(track);
    }

    /** A film that tells its length only at its end is read up to there, whether anybody takes it or not. */
    private boolean isLastOfAnOpenEnd() {
        return read.cardinality() == 1 && !film.isEndKnown();
    }

    private void go() {
        ahead.refill();
        play();
    }

    private void play() {
        if (stream.isRetired()) {
            return;
        }
        cancel(tick);
        long nextUs = playout.poll(loop.nowUs(), this::publish);
        if (playout.isEnded()) {
            end(playout.failure() == null
                    ? StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP)
                    : StreamEnd.failed(StatusText.GOT_EXCEPTION_WHILE_STREAMING_FILE));
            return;
        }
        if (ahead.isReadUpTo(playout.filmUs(loop.nowUs()))) {
            stream.tracks().forEach(stream::caughtUp);
        }
        if (nextUs != Long.MAX_VALUE) {
            tick = loop.at(nextUs, this::play);
        }
    }

    private void publish(int track, Frame frame, boolean past) {
        if (past) {
            stream.prepare(stream.tracks().get(track), frame);
        } else {
            stream.publish(stream.tracks().get(track), frame);
        }
    }

    /** What broke the film, null when nothing did. */
    Throwable failure() {
        return playout.failure();
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
        if (stream.retireUnheld()) {
            leave(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
        }
    }

    private void leave(StreamEnd how) {
        onEnd.accept(this, how);
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
