package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeLoop;

/** When what has been read of a film reaches the loop. */
class ReadAheadTest {
    private static final int FRAMES = 20;

    private final FakeLoop loop = new FakeLoop();
    private final List<Integer> batches = new ArrayList<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private ReadAhead ahead;
    private int turns;

    @Test
    void framesThatAreThere_goOverInBatchesAfterTheFirst() {
        read(FakeRendition.video(FRAMES));

        assertEquals(List.of(2, FRAMES - 2), batches);
    }

    @Test
    void framesThatAreJustBeingMade_goOverAsTheyAreMade() {
        read(FakeRendition.video(FRAMES).making(() -> loop.run(10_000)));

        assertEquals(Collections.nCopies(FRAMES, 1), batches);
    }

    @Test
    void filmThatIsSlowToRead_letsOthersGoFirstNowAndThen() {
        read(FakeRendition.video(FRAMES).making(() -> loop.run(10_000)));

        assertTrue(turns > 1, "it keeps the thread for " + FRAMES * 10 + " ms");
    }

    private void read(FakeRendition video) {
        Film film = new Film(new NamedSource("film", ""), List.of(FilmTrack.realTime(video)), BufferGate.NONE);
        ahead = new ReadAhead(new FilmReader(film, false), 1, tasks::add, loop, this::take);
        ahead.open(0, 0);
        ahead.refill();
        while (!tasks.isEmpty()) {
            turns++;
            tasks.poll().run();
            loop.runTasks();
        }
    }

    private void take() {
        int taken = 0;
        while (ahead.poll() != null) {
            taken++;
        }
        if (taken > 0) {
            batches.add(taken);
        }
    }
}
