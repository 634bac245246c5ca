package org.reelcast.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NettyMediaLoopTest {

    @Test
    void timers_runInOrderOnTheLoop() throws Exception {
        try (NettyMediaLoop loop = NettyMediaLoop.open("test")) {
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch done = new CountDownLatch(4);
            long nowUs = loop.nowUs();
            for (int ms : new int[] {30, 10, 20, 0}) {
                loop.at(nowUs + ms * 1000L, () -> {
                    assertTrue(loop.inLoop() && loop.nowUs() >= nowUs + ms * 1000L);
                    order.add(ms);
                    done.countDown();
                });
            }
            assertTrue(done.await(10, TimeUnit.SECONDS));
            assertEquals(List.of(0, 10, 20, 30), order);
        }
    }

    @Test
    void cancelledTimer_doesNotRun() throws Exception {
        try (NettyMediaLoop loop = NettyMediaLoop.open("test")) {
            CompletableFuture<Boolean> ran = new CompletableFuture<>();
            CompletableFuture<Integer> left = new CompletableFuture<>();
            long nowUs = loop.nowUs();
            MediaLoop.Timer timer = loop.at(nowUs + 20_000, () -> ran.complete(true));
            timer.cancel();
            loop.at(nowUs + 40_000, () -> left.complete(loop.deadlines()));
            assertEquals(0, left.get(10, TimeUnit.SECONDS));
            assertFalse(ran.isDone());
        }
    }

    @Test
    void failingTimer_doesNotStopTheOthers() throws Exception {
        try (NettyMediaLoop loop = NettyMediaLoop.open("test")) {
            CompletableFuture<Void> second = new CompletableFuture<>();
            long nowUs = loop.nowUs();
            loop.at(nowUs, () -> {
                throw new IllegalStateException("for the test");
            });
            loop.at(nowUs + 1, () -> second.complete(null));
            second.get(10, TimeUnit.SECONDS);
            assertEquals(1, loop.failures());
        }
    }
}
