package org.reelcast.rendition.encoders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reelcast.loop.FakeNanoClock;

/** Who gets a core, with threads that wait for one and a clock that does not. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CoreQueueTest {
    private static final long MS = 1_000_000;

    private final FakeNanoClock clock = new FakeNanoClock();
    private final List<String> order = new CopyOnWriteArrayList<>();

    /** One who queues. */
    private final class Job implements CoreQueue.Place {
        private final String name;
        private final CoreQueue cores;
        private volatile long slackUs;
        private Thread thread;

        Job(String name, CoreQueue cores, long slackUs) {
            this.name = name;
            this.cores = cores;
            this.slackUs = slackUs;
        }

        @Override
        public long slackUs() {
            return slackUs;
        }

        /** Waits in line, and gives the core back at once. */
        Job queue() {
            thread = new Thread(() -> {
                cores.take(this);
                order.add(name);
                cores.giveBack();
            });
            thread.start();
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            return this;
        }

        void join() throws InterruptedException {
            thread.join();
        }
    }

    private void waitFor(CoreQueue cores, long waitNs, long slackUs) throws InterruptedException {
        Job holder = new Job("holder", cores, slackUs);
        cores.take(holder);
        Job waiter = new Job("waiter", cores, slackUs).queue();
        clock.advance(waitNs);
        cores.giveBack();
        waiter.join();
    }

    @Test
    void mostUrgent_comesFirst() throws Exception {
        CoreQueue cores = new CoreQueue(clock, 1);
        cores.take(new Job("holder", cores, -4_000_000));
        List<Job> jobs = List.of(
                new Job("well ahead", cores, -100_000).queue(),
                new Job("short", cores, -4_000_000).queue(),
                new Job("ahead", cores, -2_000_000).queue());
        cores.giveBack();
        for (Job job : jobs) {
            job.join();
        }
        assertEquals(List.of("short", "ahead", "well ahead"), order);
    }

    @Test
    void whoBecomesUrgentInLine_comesForward() throws Exception {
        CoreQueue cores = new CoreQueue(clock, 1);
        cores.take(new Job("holder", cores, -4_000_000));
        Job first = new Job("first", cores, -1_000_000).queue();
        Job second = new Job("second", cores, 0).queue();
        cores.reorder(second, () -> second.slackUs = -3_000_000);
        cores.giveBack();
        first.join();
        second.join();
        assertEquals(List.of("second", "first"), order);
    }

    @Test
    void background_leavesHalfOfTheCores() throws Exception {
        CoreQueue cores = new CoreQueue(clock, 2);
        assertEquals(1, cores.backgroundCores());
        cores.take(new Job("background", cores, 0));
        Job more = new Job("more background", cores, 10).queue();
        // a core is free: for viewers
        Job viewers = new Job("viewers", cores, -1);
        cores.take(viewers);
        cores.giveBack();
        assertTrue(order.isEmpty());
        cores.giveBack();
        more.join();
    }

    @Test
    void urgentPicturesThatWaitLongForACore_saturateUntilTheyDidNotForFiveSeconds() throws Exception {
        CoreQueue cores = new CoreQueue(clock, 1);
        waitFor(cores, 700 * MS, -3_900_000);
        waitFor(cores, 700 * MS, -3_900_000);
        assertFalse(cores.isSaturated());
        waitFor(cores, 700 * MS, -3_900_000);
        assertTrue(cores.isSaturated());
        clock.advance(4_900 * MS);
        assertTrue(cores.isSaturated());
        clock.advance(200 * MS);
        assertFalse(cores.isSaturated());
    }

    @Test
    void fallingBehind_countsWhereAllCoresAreAtWork() {
        CoreQueue cores = new CoreQueue(clock, 1);
        cores.fellBehind();
        assertFalse(cores.isSaturated(), "it was storage");
        cores.take(new Job("holder", cores, -4_000_000));
        cores.fellBehind();
        assertTrue(cores.isSaturated());
    }
}
