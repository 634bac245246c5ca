package org.reelcast.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.codec.Frame;
import org.reelcast.mp4.write.Probe;

/**
 * From the browser's encoder over a network that loses to the finished film: nothing broken in it, and each flash and
 * tone where it was.
 */
class BadNetworkTest {
    private static final int SECONDS = 8;
    private static final int NONE = -1;
    private static final double FRAME = 0.040;
    private static final double SOUND_PACKET = 0.020;
    private static final double LIP_SYNC = 0.040;
    private static final double DURATION = 0.100;
    private static Take take;

    @TempDir
    Path folder;

    @BeforeAll
    static void make() throws Exception {
        take = Take.busy("640x360", SECONDS);
    }

    private static Path film(RemoteCamera camera, Studio studio) throws Exception {
        RecordEnd end = camera.film();
        assertTrue(end.problem().isEmpty(), end::toString);
        assertEquals(List.of("rec.mp4"), studio.files());
        Path film = end.file().orElseThrow();
        Probe.decodesCleanly(film);
        return film;
    }

    /** Flashes and tones at 1 s, 3 s, 5 s and so on, but for the one that is {@code missing}. */
    private static void assertInTime(Path film, int missing) throws Exception {
        List<Double> flashes = Watched.flashes(film);
        List<Double> tones = Watched.tones(film);
        List<Double> apart = new ArrayList<>();
        for (int second = 1; second < SECONDS; second += 2) {
            if (second != missing) {
                double flash = nearest(flashes, second);
                assertEquals(second, flash, DURATION, flashes::toString);
                apart.add(Math.abs(flash - nearest(tones, second)));
            }
        }
        Collections.sort(apart);
        // the packet with which a tone begins may be lost for good, or come when it is past: that one begins a packet late
        assertTrue(apart.get(apart.size() / 2) <= LIP_SYNC, () -> "sound and picture: " + apart);
        assertTrue(apart.get(apart.size() - 1) <= LIP_SYNC + SOUND_PACKET, () -> "sound and picture: " + apart);
        assertEquals(SECONDS, Probe.duration(film), DURATION);
    }

    private static double nearest(List<Double> times, double wanted) {
        return times.stream().min(Comparator.comparingDouble(time -> Math.abs(time - wanted))).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.10})
    void lossThatIsMended_leavesNoTrace(double loss) throws Exception {
        Studio studio = new Studio(folder, take);
        try (RemoteCamera camera = new RemoteCamera(studio, take, loss)) {
            Path film = film(camera, studio);
            assertInTime(film, NONE);
            long taken = take.frames().stream().filter(Frame::isVideo).count();
            assertTrue(Probe.times(film, "v:0").size() >= taken * 0.99, "pictures");
            assertTrue(camera.video().recovered() > taken * loss, camera.video()::toString);
            assertEquals(0, camera.video().gaps(), "losses that were not mended");
        }
    }

    @Test
    void pictureThatComesLaterThanItsSound_isBroughtToItByTheReports() throws Exception {
        Studio studio = new Studio(folder, take);
        try (RemoteCamera camera = new RemoteCamera(studio, take, 0.05).late(90_000)) {
            assertInTime(film(camera, studio), 1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3_000_000, 7_200_000_000L, -3_600_000_000L})
    void publishersClockThatIsSet_leavesTheFilmAsLongAsItWas(long byUs) throws Exception {
        Studio studio = new Studio(folder, take);
        try (RemoteCamera camera = new RemoteCamera(studio, take, 0).clockSet(6_200_000, byUs)) {
            assertInTime(film(camera, studio), NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05})
    void lossThatCannotBeMended_isAStillUntilTheKeyFrameThatWasAskedFor(double loss) throws Exception {
        Studio studio = new Studio(folder, take);
        try (RemoteCamera camera = new RemoteCamera(studio, take, loss).dead(4_300_000, 5_900_000)) {
            Path film = film(camera, studio);
            assertInTime(film, 5);
            assertTrue(camera.video().gaps() > 0 && camera.keyFrames() >= 2, camera.video()::toString);
            List<Double> times = Probe.times(film, "v:0");
            assertTrue(times.stream().noneMatch(time -> time > 4.3 + FRAME && time < 5.9), "nothing came");
            assertTrue(times.stream().anyMatch(time -> time > 5.9 && time < 7), "the picture is back within a second");
        }
    }
}
