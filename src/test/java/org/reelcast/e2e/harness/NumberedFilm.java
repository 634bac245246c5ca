package org.reelcast.e2e.harness;

import java.time.Duration;
import org.reelcast.storage.s3.server.SlowLink;

/** How viewers of {@link TestMedia#numbered()} are shown it, by the numbers in its pictures. */
public final class NumberedFilm {
    /** For which a picture of it stands. */
    public static final int FRAME_MS = 100;

    public static final long PASS_MS = 10_000;
    private static final int LOOKS = 20;
    private static final int TRIES = 5;

    private NumberedFilm() {}

    /**
     * How long after its time of day a viewer is shown a frame, in ms: the mean of some looks, less the time for which
     * the browser itself holds frames (jitterBufferDelay), which grows for some seconds after a busy moment of the
     * machine. Half a frame's time of it is because frames stay.
     */
    public static long behindMs(Viewers viewers, int viewer, long startMs) {
        PeerStats before = viewers.stats(viewer);
        long sum = 0;
        for (int i = 0; i < LOOKS; i++) {
            Viewers.Shown now = viewers.shown(viewer);
            sum += Math.floorMod(now.atMs() - startMs - (long) now.numbers().get(0) * FRAME_MS, PASS_MS);
            Await.pause(Duration.ofMillis(70));
        }
        return sum / LOOKS - Math.round(viewers.stats(viewer).heldMsSince(before));
    }

    /**
     * The least of some such times, or the first one of less than a frame: a machine that is busy for a moment shows
     * frames late, and never early.
     */
    public static long leastBehindMs(Viewers viewers, int viewer, long startMs) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && least >= FRAME_MS; i++) {
            least = Math.min(least, behindMs(viewers, viewer, startMs));
        }
        return least;
    }

    /** The picture stands for two seconds, for want of data. */
    public static void stall(Viewers viewers, int viewer, SlowLink link) {
        link.rate(1);
        long[] frames = {-1};
        Await.until(
                Duration.ofSeconds(30),
                () -> {
                    long before = frames[0];
                    frames[0] = viewers.stats(viewer).framesDecoded();
                    Await.pause(Duration.ofMillis(400));
                    return frames[0] == before;
                },
                () -> "the picture does not stand");
        Await.pause(Duration.ofMillis(1_600));
        link.rate(Long.MAX_VALUE);
        viewers.awaitFrames(viewer, frames[0] + 30);
    }
}
