package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.reelcast.cluster.FakeGrids;
import org.reelcast.cluster.SharedStream;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;

class RemoteBroadcastsTest {
    private final RemoteBroadcasts remote = new RemoteBroadcasts(new FakeGrids().join("a"));
    private final SharedStream shared = SharedStream.running(
            "film",
            "session",
            SharedBroadcast.KIND,
            "a",
            Optional.empty(),
            Json.createObjectBuilder().add("uri", "vod-live://a.mp4").build());
    private final List<String> steps = new ArrayList<>();

    private void bring() {
        assertDoesNotThrow(() -> remote.bring(shared));
    }

    @Test
    void ofManyWhoWantABroadcast_oneBringsIt_theOthersWait() throws InterruptedException {
        Thread second = new Thread(this::bring);
        remote.start(new RemoteBroadcasts.Bringer() {
            @Override
            public void bring(BroadcastFiles.Broadcast broadcast) {
                steps.add("begins");
                if (Thread.currentThread() != second) {
                    second.start();
                    while (second.getState() != Thread.State.BLOCKED && second.getState() != Thread.State.TERMINATED) {
                        Thread.onSpinWait();
                    }
                }
                steps.add("ends");
            }

            @Override
            public Optional<Hold> hold(String name, Holder who) {
                return Optional.empty();
            }

            @Override
            public Executor opener(String uri) {
                return Runnable::run;
            }
        });
        bring();
        second.join();
        assertEquals(List.of("begins", "ends", "begins", "ends"), steps);
    }
}
