package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.reelcast.config.Settings;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;

/** {@code vod_max_streams} and {@code vod_idle_timeout}. */
class VodLimitsTest extends VodFixture {
    private static final long IDLE_MS = 5_000;
    private static final long SECOND_US = 1_000_000;

    VodLimitsTest() {
        super(new VodStreams.Rules(false, TIMEOUT_MS, IDLE_MS, 2, Playout.WhenLate.SKIP, true), BroadcastFiles.none());
    }

    private int running() {
        return vod.find(all -> true).size();
    }

    @Test
    void rules_areWhatTheSettingsSay() {
        VodStreams.Rules usual = VodService.rules(Settings.of(Map.of()));
        assertEquals(Playout.WhenLate.SKIP, usual.whenLate());
        assertEquals(new VodStreams.Rules(false, 30_000, 0, 1000, Playout.WhenLate.SKIP, true), usual);
        assertEquals(
                new VodStreams.Rules(true, 7_000, 5_000, 3, Playout.WhenLate.WAIT, false),
                VodService.rules(Settings.of(Map.of(
                        "vod_live_late", "wait",
                        "vod_live_loop", "true",
                        "vod_stream_timeout", "7000",
                        "vod_idle_timeout", "5",
                        "vod_max_streams", "3",
                        "admission_max_load", "0"))));
    }

    @Test
    void moreBroadcasts_areRefused_whoeverStartsThem_andGiveTheirFilmBack() throws Refusal {
        startup("one", true);
        startup("two", true);
        assertEquals(
                StatusText.SERVER_IS_OVERLOADED,
                assertThrows(Refusal.class, () -> startup("three", true)).status());
        assertEquals(
                StatusText.SERVER_IS_OVERLOADED,
                assertThrows(Refusal.class, () -> open("vod-live://b.mp4")).status());
        Hold personal = open("vod://b.mp4");
        personal.close();
        loop.runTasks();
        vod.end(one -> true, StatusText.STOPPED_BY_REST_TERMINATE);
        loop.runTasks();
        startup("three", true);
        vod.end(one -> true, StatusText.STOPPED_BY_REST_TERMINATE);
        loop.runTasks();
        assertReleased();
    }

    @Test
    void broadcastNobodyWatches_ends() throws Refusal {
        startup("unwatched", true);
        loop.run(IDLE_MS * 1000 - 1);
        assertEquals(1, running());
        loop.run(1);
        assertReleased();
    }

    @Test
    void broadcastThatIsWatched_goesOn_andHasItsTimeoutAfterwards() throws Refusal {
        startup("watched", true);
        loop.run(SECOND_US);
        Hold viewer = open("watched");
        loop.run(60 * SECOND_US);
        assertEquals(1, running());
        viewer.close();
        loop.run(TIMEOUT_MS * 1000 - 1);
        assertEquals(1, running());
        loop.run(1);
        assertReleased();
    }

    @Test
    void oneThatBeginsLater_isCountedFromThen() throws Refusal {
        long startUs = wallAtZeroUs + loop.nowUs() + 20 * SECOND_US;
        vod.startup(VodUri.parse(LIVE), "later", Optional.of(true), new PlayoutStart(0, OptionalLong.of(startUs), 1));
        loop.run(24 * SECOND_US);
        assertEquals(1, running());
        loop.run(SECOND_US + 1);
        assertReleased();
    }
}
