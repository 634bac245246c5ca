package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.Leftovers;
import org.reelcast.e2e.harness.LightViewer;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.Viewers;
import org.reelcast.webrtc.client.ClientNetwork;

/**
 * A crowd: 20 viewers of one shared stream and 20 personal ones at the same time. Of each kind two are in Chromium and
 * tell of freezes; the others count packets, as two cores do not decode forty films.
 */
@E2e
class ManyViewersIT {
    private static final int EACH = 20;
    private static final int EACH_IN_CHROMIUM = 2;
    private static final int WATCHED_SECONDS = 10;
    private static final int FRAMES_A_SECOND = 15;
    private static final String SHARED = "vod-live://lengthy.mp4";
    private static final String PERSONAL = "vod://lengthy.mp4";

    private final Chromium chromium;
    private final ReelcastProcess server;
    private final RestClient rest;

    ManyViewersIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
        rest = new RestClient(server);
    }

    @Test
    void twentySharedAndTwentyPersonal_allPlayWellAndLeaveNothingBehind() {
        watch(EACH_IN_CHROMIUM + 2, 1);
        Leftovers leftovers = Leftovers.since(server);
        watch(EACH, WATCHED_SECONDS);
        leftovers.assertNone(2 * EACH);
    }

    private void watch(int each, int seconds) {
        List<LightViewer> lights = new ArrayList<>();
        try (Viewers viewers = new Viewers(chromium, server);
                ClientNetwork network = new ClientNetwork(1, List.of(7, 1));
                Crowd crowd = new Crowd(lights)) {
            for (int i = EACH_IN_CHROMIUM; i < each; i++) {
                lights.add(new LightViewer(network, server, SHARED));
                lights.add(new LightViewer(network, server, PERSONAL));
            }
            lights.forEach(LightViewer::awaitPlaying);
            List<Integer> seen = new ArrayList<>(viewers.join(EACH_IN_CHROMIUM, SHARED));
            seen.addAll(viewers.join(EACH_IN_CHROMIUM, PERSONAL));
            seen.forEach(viewer -> viewers.awaitStatus(viewer, "PLAYING"));
            assertEquals(1 + each, rest.get("/vod/find_all").array().size());
            long frames = (long) seconds * FRAMES_A_SECOND;
            seen.forEach(viewer -> viewers.awaitFrames(viewer, frames));
            seen.forEach(viewer -> assertPlaysWell(viewers.stats(viewer)));
            crowd.leave();
            lights.forEach(light -> assertCameWhole(light, frames));
        } finally {
            rest.awaitNoStreams(Duration.ofSeconds(10));
        }
    }

    /** The light viewers, who go before their network does, whatever happens. */
    private record Crowd(List<LightViewer> viewers) implements AutoCloseable {

        /** Half of them press Stop, half just go. */
        void leave() {
            for (int i = 0; i < viewers.size(); i++) {
                if (i % 4 < 2) {
                    viewers.get(i).stop();
                }
                viewers.get(i).close();
            }
        }

        @Override
        public void close() {
            viewers.forEach(LightViewer::close);
        }
    }

    private static void assertPlaysWell(PeerStats stats) {
        assertAll(
                stats.toString(),
                () -> assertEquals(0, stats.packetsLost(), "packets lost for good"),
                () -> assertEquals(0, stats.freezes(), "freezes"),
                () -> assertEquals(0, stats.pictureLossIndications(), "asked for a new picture"));
    }

    private static void assertCameWhole(LightViewer light, long frames) {
        assertEquals(0, light.video().missing(), "video packets lost for good");
        assertEquals(0, light.audio().missing(), "audio packets lost for good");
        assertTrue(
                light.video().frames() >= frames, () -> "only " + light.video().frames() + " of " + frames);
    }
}
