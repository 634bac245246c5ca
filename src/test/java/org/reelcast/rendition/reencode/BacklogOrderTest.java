package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reelcast.loop.FakeNanoClock;

/** Which film is made whole when, and which is given up, with films of which nothing is encoded. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BacklogOrderTest {
    private static final long SEGMENT_US = 2_000_000;
    private static final long S = 1_000_000_000L;

    private final FakeNanoClock clock = new FakeNanoClock();
    private final Backlog backlog = new Backlog(clock);
    private final BlockingQueue<Segment> begun = new LinkedBlockingQueue<>();
    private final List<FakeFilm> films = new ArrayList<>();

    /** A film of two segments. */
    private final class FakeFilm implements Backlog.Film {
        private final List<Long> upToUs = new ArrayList<>();
        private int made;
        private boolean closed;
        private boolean kept = true;
        private boolean whole;
        private boolean left;
        private Segment last;

        FakeFilm() {
            films.add(this);
        }

        @Override
        public String file() {
            return "film " + films.indexOf(this);
        }

        @Override
        public synchronized boolean isClosed() {
            return closed;
        }

        synchronized void close() {
            closed = true;
        }

        @Override
        public boolean isKept() {
            return kept;
        }

        @Override
        public synchronized long firstMissingUs(long timeUs) {
            made += last != null && last.isDone() ? 1 : 0;
            last = null;
            return made == 2 ? Long.MAX_VALUE : made * SEGMENT_US;
        }

        @Override
        public synchronized Segment makeInBackground(long timeUs) {
            last = new Segment(new SegmentGrid.Bounds(0, timeUs, timeUs + SEGMENT_US));
            begun.add(last);
            return last;
        }

        @Override
        public synchronized void onMadeUpTo(long timeUs) {
            upToUs.add(timeUs);
        }

        @Override
        public synchronized void onWhole() {
            whole = true;
        }

        @Override
        public synchronized void onLeft() {
            left = true;
        }

        synchronized boolean isWhole() {
            return whole;
        }
    }

    private void awaitLeft(FakeFilm film) {
        while (backlog.has(film)) {
            Thread.onSpinWait();
        }
        assertTrue(film.left);
    }

    @AfterEach
    void endAll() {
        films.forEach(FakeFilm::close);
        for (FakeFilm film : films) {
            while (backlog.has(film)) {
                Segment segment = begun.poll();
                if (segment != null) {
                    segment.finish();
                }
            }
        }
    }

    @Test
    void films_areMadeOneAfterTheOther() throws Exception {
        FakeFilm first = new FakeFilm();
        FakeFilm second = new FakeFilm();
        assertTrue(backlog.add(first));
        assertTrue(backlog.add(second));
        assertTrue(backlog.add(second), "it is there already");
        begun.take().finish();
        Segment ofFirst = begun.take();
        assertTrue(begun.isEmpty(), "one at a time");
        assertTrue(backlog.has(first) && backlog.has(second));
        ofFirst.finish();
        begun.take().finish();
        begun.take().finish();
        awaitLeft(second);
        assertTrue(first.isWhole() && second.isWhole());
        assertEquals(List.of(0L, SEGMENT_US), first.upToUs);
        assertFalse(backlog.has(first));
    }

    @Test
    void filmOfWhichNoPictureComesForAMinute_isGivenUp() throws Exception {
        FakeFilm film = new FakeFilm();
        FakeFilm next = new FakeFilm();
        backlog.add(film);
        backlog.add(next);
        begun.take();
        clock.awaitWaits(1);
        clock.advance(59 * S);
        assertTrue(backlog.has(film));
        clock.advance(S);
        begun.take().finish();
        begun.take().finish();
        awaitLeft(next);
        assertTrue(film.left && !film.isWhole());
        assertTrue(next.isWhole());
    }

    @Test
    void segmentThatFails_isTriedThreeTimes() throws Exception {
        FakeFilm film = new FakeFilm();
        backlog.add(film);
        begun.take().fail(null);
        begun.take().fail(null);
        begun.take().finish();
        begun.take().fail(null);
        begun.take().fail(null);
        begun.take().fail(new IOException("torn"));
        awaitLeft(film);
        assertFalse(film.isWhole());
        assertTrue(begun.isEmpty());
    }

    @Test
    void cacheThatKeepsNothing_endsIt() throws Exception {
        FakeFilm film = new FakeFilm();
        film.kept = false;
        backlog.add(film);
        begun.take().finish();
        awaitLeft(film);
        assertFalse(film.isWhole());
    }

    @Test
    void filmThatIsClosed_isLeft() throws Exception {
        FakeFilm film = new FakeFilm();
        backlog.add(film);
        Segment segment = begun.take();
        film.close();
        segment.finish();
        awaitLeft(film);
        assertFalse(film.isWhole());
    }

    @Test
    void sixteenFilms_areAllThatWait() {
        for (int i = 0; i < 16; i++) {
            assertTrue(backlog.add(new FakeFilm()));
        }
        assertFalse(backlog.add(new FakeFilm()));
    }
}
