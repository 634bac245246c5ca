package org.reelcast.output.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.media.Frame;
import org.reelcast.mp4.write.Probe;

/**
 * From the browser's encoder over a network that loses to the finished film: nothing broken in it, and each flash and
 * tone where it was.
 */
class BadNetworkTest {
    private static final int SECONDS = 8;
    private static final int NONE = -1;
    private static final double FRAME = 0.040;
    private static final double LIP_SYNC = 0.040;
    private static final double DURATION = 0.100;
    private static PublishedClip take;

    @TempDir
    Path folder;

    @BeforeAll
    static void make() throws Exception {
        take = PublishedClip.busy("320x180", SECONDS);
    }

    private static Path film(RemoteCamera camera, RecordingFixture studio) throws Exception {
        RecordEnd end = camera.film();
        assertTrue(end.problem().isEmpty(), end::toString);
        assertEquals(List.of("rec.mp4"), studio.files());
        Path film = end.file().orElseThrow();
        Probe.decodesCleanly(film);
        return film;
    }

    /**
     * Flashes and tones at 1 s, 3 s, 5 s and so on, each tone with its flash; but for the one that is {@code missing},
     * and for tones whose beginning was lost.
     */
    private static void assertInTime(RemoteCamera camera, Path film, int missing) throws Exception {
        List<Double> flashes = PlaybackTrace.flashes(film);
        List<Double> tones = PlaybackTrace.tones(film);
        int measured = 0;
        for (int second = 1; second < SECONDS; second += 2) {
            if (second != missing) {
                double flash = nearest(flashes, second);
                assertEquals(second, flash, DURATION, flashes::toString);
                if (camera.isHeard(second)) {
                    measured++;
                    assertEquals(flash, nearest(tones, second), LIP_SYNC, () -> flashes + " " + tones);
                }
            }
        }
        assertTrue(measured >= 2, "most tones were lost");
        assertEquals(SECONDS, Probe.duration(film), DURATION);
    }

    private static double nearest(List<Double> times, double wanted) {
        return times.stream()
                .min(Comparator.comparingDouble(time -> Math.abs(time - wanted)))
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.05, 1", "0.05, 2", "0.05, 3", "0.10, 1", "0.10, 2", "0.10, 3"})
    void lossThatIsMended_leavesNoTrace(double loss, long seed) throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        try (RemoteCamera camera = new RemoteCamera(studio, take, seed, loss)) {
            Path film = film(camera, studio);
            assertInTime(camera, film, NONE);
            long taken = take.frames().stream().filter(Frame::isVideo).count();
            assertTrue(Probe.times(film, "v:0").size() >= taken * 0.99, "pictures");
            assertTrue(loss == 0 || camera.video().recovered() > taken * loss, camera.video()::toString);
            assertEquals(0, camera.video().gaps(), "losses that were not mended");
        }
    }

    /** Reports come when Chromium sends them; the film is in step from its beginning all the same. */
    @ParameterizedTest
    @CsvSource({"200000, 0", "200000, 0.05", "-200000, 0", "-200000, 0.05", "60000, 0.10", "-60000, 0.10"})
    void pictureThatComesLaterThanItsSound_orEarlier_isBroughtToItByTheReports(long lateUs, double loss)
            throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        try (RemoteCamera camera =
                new RemoteCamera(studio, take, 1, loss).late(lateUs).reportsFrom(2_500_000)) {
            Path film = film(camera, studio);
            assertInTime(camera, film, NONE);
            assertEquals(0, Probe.times(film, "v:0").get(0), 0.001, "the picture begins with the film");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3_000_000, 7_200_000_000L, -3_600_000_000L})
    void publishersClockThatIsSet_leavesTheFilmAsLongAsItWas(long byUs) throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        try (RemoteCamera camera = new RemoteCamera(studio, take, 1, 0).clockSet(6_200_000, byUs)) {
            assertInTime(camera, film(camera, studio), NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05})
    void lossThatCannotBeMended_isAStillUntilTheKeyFrameThatWasAskedFor(double loss) throws Exception {
        RecordingFixture studio = new RecordingFixture(folder, take);
        try (RemoteCamera camera = new RemoteCamera(studio, take, 1, loss).dead(4_300_000, 5_900_000)) {
            Path film = film(camera, studio);
            assertInTime(camera, film, 5);
            assertTrue(camera.video().gaps() > 0 && camera.keyFrames() >= 2, camera.video()::toString);
            List<Double> times = Probe.times(film, "v:0");
            assertTrue(times.stream().noneMatch(time -> time > 4.3 + FRAME && time < 5.9), "nothing came");
            assertTrue(times.stream().anyMatch(time -> time > 5.9 && time < 7), "the picture is back within a second");
        }
    }
}
