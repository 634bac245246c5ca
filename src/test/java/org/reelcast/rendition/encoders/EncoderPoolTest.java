package org.reelcast.rendition.encoders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeNanoClock;

/** Jobs in the pool, step by step and in no time: the test is the pool's thread. */
class EncoderPoolTest {
    private static final long S = 1_000_000_000L;
    private static final long MS = 1_000_000;
    private static final long URGENT_US = -4_000_000;

    private final FakeNanoClock clock = new FakeNanoClock();
    private final Queue<Runnable> steps = new ArrayDeque<>();
    private final EncoderPool pool = new EncoderPool(clock, 2, steps::add);

    private EncoderSlot start(FakeJob job) throws IOException {
        EncoderSlot slot = pool.reserve();
        slot.start(job);
        return slot;
    }

    private void runAll() {
        while (!steps.isEmpty()) {
            steps.remove().run();
        }
    }

    @Test
    void job_worksAsLongAsThereIsSomethingToDo_andAgainWhenItIsWoken() throws Exception {
        FakeJob job = new FakeJob();
        EncoderSlot slot = start(job);
        assertTrue(steps.isEmpty());
        assertEquals(1, pool.encoders());
        job.work(3, URGENT_US);
        slot.wake();
        slot.wake();
        assertEquals(1, steps.size(), "never on two threads at once");
        assertEquals(1, pool.encodersAtWork());
        runAll();
        assertEquals(3, job.stepsDone());
        assertEquals(0, pool.encodersAtWork());
        job.work(1, URGENT_US);
        slot.wake();
        runAll();
        assertEquals(4, job.stepsDone());
        assertFalse(job.isEnded());
    }

    @Test
    void jobThatIsIdleForTenSeconds_ends() throws Exception {
        FakeJob job = new FakeJob().work(1, URGENT_US);
        EncoderSlot slot = start(job);
        runAll();
        clock.advance(6 * S);
        job.work(1, URGENT_US);
        slot.wake();
        runAll();
        clock.advance(9_999 * MS);
        assertFalse(job.isEnded(), "it was woken");
        clock.advance(MS);
        assertTrue(job.isEnded());
        assertNull(job.failure());
        assertEquals(0, pool.encoders());
        slot.wake();
        slot.close();
        assertTrue(steps.isEmpty());
    }

    @Test
    void jobThatFails_endsWithItsFailure() throws Exception {
        IOException torn = new IOException("torn");
        FakeJob job = new FakeJob().work(5, URGENT_US).failing(torn);
        start(job);
        runAll();
        assertTrue(job.isEnded());
        assertSame(torn, job.failure());
        assertEquals(1, job.stepsDone());
        assertEquals(0, pool.encoders());
    }

    @Test
    void jobThatThrows_endsWithAFailureToo() throws Exception {
        FakeJob job = new FakeJob().work(5, URGENT_US).doing(() -> {
            throw new IllegalStateException("odd");
        });
        start(job);
        runAll();
        assertTrue(job.isEnded());
        assertNotNull(job.failure());
        // its core is free again
        FakeJob other = new FakeJob().work(1, URGENT_US);
        start(other);
        runAll();
        assertEquals(1, other.stepsDone());
    }

    @Test
    void jobThatComesToItsEnd_endsThoughThereIsWork() throws Exception {
        FakeJob job = new FakeJob().work(5, URGENT_US).ending();
        start(job);
        runAll();
        assertTrue(job.isEnded());
        assertNull(job.failure());
    }

    @Test
    void jobThatIsClosedAtWork_endsAfterItsStep() throws Exception {
        FakeJob job = new FakeJob().work(5, URGENT_US);
        EncoderSlot slot = start(job);
        slot.close();
        assertFalse(job.isEnded(), "a step is under way");
        runAll();
        assertTrue(job.isEnded());
        assertEquals(1, job.stepsDone());
    }

    @Test
    void jobThatIsClosedBeforeItStarts_ends() throws Exception {
        EncoderSlot slot = pool.reserve();
        slot.close();
        FakeJob job = new FakeJob().work(5, URGENT_US);
        slot.start(job);
        assertTrue(job.isEnded());
        assertTrue(steps.isEmpty());
        assertEquals(0, pool.encoders());
    }

    @Test
    void room_isMadeByTheOneIdleForLongest_orThereIsNone() throws Exception {
        List<FakeJob> jobs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FakeJob job = new FakeJob().work(1, URGENT_US);
            jobs.add(job);
            start(job);
        }
        assertEquals(
                "8 films or places are re-encoded already",
                assertThrows(IOException.class, pool::reserve).getMessage());
        runAll();
        pool.reserve().cancel();
        assertTrue(jobs.get(0).isEnded());
        assertFalse(jobs.get(1).isEnded());
        assertEquals(7, pool.encoders());
    }

    @Test
    void background_restsAsLongAsItWorks_andLongerWhileOthersWorkForViewers() throws Exception {
        FakeJob job = new FakeJob().work(100, 0).doing(() -> clock.advance(50 * MS));
        start(job);
        steps.remove().run();
        assertTrue(steps.isEmpty());
        clock.advance(49 * MS);
        assertTrue(steps.isEmpty());
        clock.advance(MS);
        assertEquals(1, steps.size(), "as long as it worked");

        Runnable next = steps.remove();
        FakeJob viewers = new FakeJob().work(1, URGENT_US);
        start(viewers);
        runAll();
        assertEquals(1, viewers.stepsDone());
        next.run();
        clock.advance(449 * MS);
        assertTrue(steps.isEmpty());
        clock.advance(MS);
        assertEquals(1, steps.size(), "nine times as long");
        steps.remove().run();
        clock.advance(1 * S);
        assertEquals(1, steps.size(), "a second at most");
        clock.advance(2 * S);
        steps.remove().run();
        clock.advance(50 * MS);
        assertEquals(1, steps.size(), "the others have stopped");
    }

    private void measureFourCores() {
        // 0.85 of it are taken for true, and 0.85 of that may be busy for viewers: 2.89 cores
        pool.measured(2);
        assertEquals(3.4, pool.power(), 1e-9);
    }

    @Test
    void time_isForWhatTheCoresEncodeBesideAllThatIsWanted() throws Exception {
        measureFourCores();
        Workload large = () -> 1.5;
        Workload small = () -> 0.5;
        Workload more = () -> 1.5;
        assertTrue(pool.hasTime(more, small));
        start(new FakeJob(large));
        assertFalse(pool.hasTime(more, small), "1.5 and 1.5 cores");
        assertTrue(pool.hasTime(more, large), "it would be encoded no more");
        assertTrue(pool.hasTime(large, small), "the same from another place: the viewer may have come from the first");
        start(new FakeJob(large));
        assertFalse(pool.hasTime(large, small), "two places, and a third");
    }

    @Test
    void whatNobodyWaitsFor_takesNoTime() throws Exception {
        measureFourCores();
        for (int i = 0; i < 4; i++) {
            start(new FakeJob(() -> 1.5).unwanted());
        }
        assertTrue(pool.hasTime(() -> 2.5, () -> 0));
    }

    @Test
    void slowerCores_countAsThoseMeasured() {
        pool.measured(0.3);
        assertEquals(2, pool.power());
    }
}
