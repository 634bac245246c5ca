package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.reelcast.e2e.harness.PeerStats;

/** What playing well means, by Chromium's own statistics. */
final class Playback {
    private static final double LIP_SYNC_LIMIT_MS = 60;
    private static final double DECODED_SHARE = 0.95;
    private static final int TRIES = 3;

    private Playback() {
    }

    /** Picture and sound, whole and together; the viewer saw this many of the film's frames pass. */
    static void assertWhole(PeerStats stats, int frames) {
        System.out.printf("%d of %d frames, sound %.0f ms ahead of the picture, %d freezes, %d packets lost%n",
                stats.framesDecoded(), frames, stats.lipSyncMs(), stats.freezes(), stats.packetsLost());
        assertAll(stats.toString(),
                () -> assertTrue(stats.framesDecoded() >= DECODED_SHARE * frames,
                        () -> "decoded " + stats.framesDecoded() + " of " + frames + " frames"),
                () -> assertTrue(stats.audioEnergy() > 0, "silent"),
                () -> assertEquals(0, stats.freezes(), "freezes"),
                () -> assertEquals(0, stats.packetsLost(), "packets lost for good"),
                () -> assertTrue(Math.abs(stats.lipSyncMs()) <= LIP_SYNC_LIMIT_MS,
                        () -> "sound is " + stats.lipSyncMs() + " ms ahead of the picture"));
    }

    /**
     * Plays and judges until it was good, three times at most: server and browser share the machine, and when somebody
     * else takes it for a moment the browser freezes with a faultless server.
     */
    static void assertGoodOnce(Runnable playAndJudge) {
        for (int left = TRIES - 1; true; left--) {
            try {
                playAndJudge.run();
                return;
            } catch (AssertionError bad) {
                if (left == 0) {
                    throw bad;
                }
                System.out.println("Not good, once more: " + bad.getMessage());
            }
        }
    }
}
