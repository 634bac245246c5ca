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
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.Viewers;

/** A crowd: 20 viewers of one shared stream and 20 personal ones at the same time, in one Chromium. */
@E2e
class ManyViewersIT {
    private static final int EACH = 20;
    private static final int WATCHED_SECONDS = 8;
    private static final int FRAMES_A_SECOND = 15;

    private final Chromium chromium;
    private final ReelcastProcess server;

    ManyViewersIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    @Test
    void twentySharedAndTwentyPersonal_allPlayWellAndLeaveNothingBehind() {
        RestClient rest = new RestClient(server);
        watch(rest, 2, 1);
        Leftovers leftovers = Leftovers.since(server);
        watch(rest, EACH, WATCHED_SECONDS);
        leftovers.assertNone(2 * EACH);
    }

    private void watch(RestClient rest, int each, int seconds) {
        try (Viewers viewers = new Viewers(chromium, server)) {
            List<Integer> all = new ArrayList<>(viewers.join(each, "vod-live://lengthy.mp4"));
            all.addAll(viewers.join(each, "vod://lengthy.mp4"));
            all.forEach(viewer -> viewers.awaitStatus(viewer, "PLAYING"));
            assertEquals(1 + each, rest.get("/vod/find_all").array().size());
            List<PeerStats> start = all.stream().map(viewers::stats).toList();
            int last = all.get(all.size() - 1);
            long frames = (long) seconds * FRAMES_A_SECOND;
            viewers.awaitFrames(last, start.get(start.size() - 1).framesDecoded() + frames);
            List<PeerStats> end = all.stream().map(viewers::stats).toList();
            for (int i = 0; i < all.size(); i++) {
                assertPlaysWell(start.get(i), end.get(i), frames);
            }
        }
        rest.awaitNoStreams(Duration.ofSeconds(10));
    }

    private static void assertPlaysWell(PeerStats start, PeerStats end, long frames) {
        long decoded = end.framesDecoded() - start.framesDecoded();
        assertAll(end.toString(),
                () -> assertEquals(0, end.packetsLost(), "packets lost for good"),
                () -> assertEquals(0, end.freezes(), "freezes"),
                () -> assertTrue(decoded >= 0.9 * frames,
                        () -> "decoded " + decoded + " frames while another had " + frames));
    }
}
