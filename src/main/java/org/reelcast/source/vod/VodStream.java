package org.reelcast.source.vod;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.reelcast.loop.MediaLoop;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.Rendition;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;

/** A film that plays as a stream: personal for the one who asked, or live for whoever joins. */
final class VodStream {
    private static final int OVER = -1;

    private final VodUri uri;
    private final boolean looped;
    private final Film film;
    private final Stream stream;
    private final MediaLoop loop;
    private final long timeoutUs;
    private final BiConsumer<VodStream, StreamEnd> onEnd;
    private final ReadAhead ahead;
    private final Playout playout;
    /** Outputs that hold the stream; {@link #OVER} once it has ended. */
    private final AtomicInteger users = new AtomicInteger();
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
        this.stream = new Stream(name, loop, film.video().map(Rendition::format), film.audio().map(Rendition::format));
        this.ahead = new ReadAhead(new FilmReader(film, looped), readers, loop, this::play);
        this.playout = new Playout(ahead, film.reserve(), film.remote().isPresent() ? ahead::isWellFilled : () -> true);
        loop.execute(ahead::refill);
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

    /** Takes part; any thread. @return false when the stream is over */
    boolean retain() {
        return users.getAndUpdate(n -> n == OVER ? OVER : n + 1) != OVER;
    }

    /** Takes part no more; any thread. The last one leaves a live stream to its timeout and ends a personal one. */
    void release() {
        if (users.updateAndGet(n -> n == OVER ? OVER : n - 1) == 0) {
            loop.execute(this::onIdle);
        }
    }

    /** Plays from now on, unless it does already; any thread. */
    void start() {
        loop.execute(() -> {
            if (!playout.isStarted()) {
                playout.start(loop.nowUs());
                play();
            }
        });
    }

    /** Ends the stream, unless it has ended; any thread. */
    void end(StreamEnd how) {
        if (users.getAndSet(OVER) != OVER) {
            leave(how);
        }
    }

    private void play() {
        if (users.get() == OVER) {
            return;
        }
        cancel(tick);
        long nextUs = playout.poll(loop.nowUs(), stream::publish);
        if (playout.isEnded()) {
            end(playout.failure() == null
                    ? StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP)
                    : StreamEnd.failed(StatusText.GOT_EXCEPTION_WHILE_STREAMING_FILE));
        } else if (nextUs != Long.MAX_VALUE) {
            tick = loop.at(nextUs, this::play);
        }
    }

    /** What broke the film, null when nothing did. */
    Throwable failure() {
        return playout.failure();
    }

    private void onIdle() {
        if (users.get() != 0) {
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
        if (users.compareAndSet(0, OVER)) {
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
