package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.reelcast.e2e.harness.PeerStats;

/** What playing well means, by Chromium's own statistics. */
final class Playback {
    private static final double LIP_SYNC_LIMIT_MS = 60;
    private static final double DECODED_SHARE = 0.95;

    private Playback() {}

    /** Picture and sound, whole and together; the viewer saw this many of the film's frames pass. */
    static void assertWhole(PeerStats stats, int frames) {
        System.out.printf(
                "%d of %d frames, sound %.0f ms ahead of the picture, %d freezes, %d packets lost%n",
                stats.framesDecoded(), frames, stats.lipSyncMs(), stats.freezes(), stats.packetsLost());
        assertAll(
                stats.toString(),
                () -> assertTrue(
                        stats.framesDecoded() >= DECODED_SHARE * frames,
                        () -> "decoded " + stats.framesDecoded() + " of " + frames + " frames"),
                () -> assertTrue(stats.audioEnergy() > 0, "silent"),
                () -> assertEquals(0, stats.freezes(), "freezes"),
                () -> assertEquals(0, stats.packetsLost(), "packets lost for good"),
                () -> assertTrue(
                        Math.abs(stats.lipSyncMs()) <= LIP_SYNC_LIMIT_MS,
                        () -> "sound is " + stats.lipSyncMs() + " ms ahead of the picture"));
    }
}
