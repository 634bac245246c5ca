package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.reelcast.e2e.harness.MsePage;
import org.reelcast.mp4.write.Probe;
import org.reelcast.output.recording.PlaybackTrace;

/** What playing well by MSE means. */
final class MseJudge {
    private static final double LIP_SYNC_LIMIT = 0.060;
    /** Of a film whose flashes and beeps begin with a picture: as in HLS and DASH. */
    private static final double SAME_MOMENT = 0.020;

    private static final int WHITE = 200;
    private static final double DECODED_SHARE = 0.95;

    private MseJudge() {}

    /** All of a film with picture was shown, in one piece. */
    static void assertWhole(MsePage page, int frames, double seconds) {
        JsonObject seen = page.seen();
        seen.remove("shown");
        int given = pictures(page);
        System.out.println(given + " of " + frames + " frames: " + seen);
        assertTrue(given >= frames, () -> given + " of " + frames + " frames were given to the browser");
        // decoded: what is dropped then was late on the screen of a machine with other work
        assertTrue(page.number("frames") >= DECODED_SHARE * frames, seen::toString);
        assertTrue(page.number("currentTime") >= seconds - 0.15, () -> "not seen to its end: " + seen);
        assertSmooth(page);
    }

    /** Pictures that the browser was given. */
    static int pictures(MsePage page) {
        try {
            return Probe.times(page.track("video").orElseThrow(), "v:0").size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing is missing in between, and nothing was jumped over. */
    static void assertSmooth(MsePage page) {
        JsonObject seen = page.seen();
        seen.remove("shown");
        assertEquals(1, page.number("ranges"), seen::toString);
        assertEquals(0, page.seen().get("jumps").getAsJsonArray().size(), seen::toString);
    }

    /** Seconds at which the browser was given a tone. */
    static List<Double> tones(MsePage page) {
        try {
            return PlaybackTrace.tones(page.track("audio").orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Wherever the browser was given a tone and pictures, it was given a flash with it. */
    static void assertTogether(MsePage page) {
        assertTogether(page, 0);
    }

    /** @param late seconds by which the film's own sound is late */
    static void assertTogether(MsePage page, double late) {
        List<Double> flashes = flashes(page);
        List<Double> tones = tones(page).stream()
                .map(time -> time - late)
                .filter(time -> time > 0.5)
                .toList();
        System.out.println("flashes " + flashes + ", tones " + tones);
        long together = tones.stream()
                .filter(tone -> flashes.stream().anyMatch(flash -> Math.abs(flash - tone) <= LIP_SYNC_LIMIT))
                .count();
        assertTrue(
                together > 0 && together >= Math.min(flashes.size(), tones.size()) - 1,
                () -> "flashes " + flashes + ", tones " + tones);
    }

    private static List<Double> flashes(MsePage page) {
        try {
            return PlaybackTrace.flashes(page.track("video").orElseThrow(), WHITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the browser was given has flash and beep together, each second of the film once. */
    static void assertInSync(MsePage page, int seconds) {
        List<Double> flashes = flashes(page);
        List<Double> tones = tones(page).stream().filter(time -> time > 0.5).toList();
        System.out.println("flashes " + flashes + ", tones " + tones);
        assertEquals(seconds - 1, flashes.size(), flashes::toString);
        assertEquals(flashes.size(), tones.size(), tones::toString);
        for (int i = 0; i < flashes.size(); i++) {
            assertEquals(flashes.get(i), tones.get(i), SAME_MOMENT);
        }
    }
}
