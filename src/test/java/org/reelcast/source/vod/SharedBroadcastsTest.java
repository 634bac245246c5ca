package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.cluster.Cluster;
import org.reelcast.cluster.FakeGrids;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.SourceTraits;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;

/** Broadcasts of several nodes in one test, on clocks that go alike. */
class SharedBroadcastsTest {
    private static final long TIMEOUT_US = VodFixture.TIMEOUT_MS * 1000;
    private static final StreamEnd TERMINATED = StreamEnd.stopped(StatusText.STOPPED_BY_REST_TERMINATE);

    private final FakeGrids grids = new FakeGrids();
    private final Node a = new Node(grids.join("a"));
    private final Node b = new Node(grids.join("b"));
    private final Node c = new Node(grids.join("c"));
    private final List<Node> all = List.of(a, b, c);

    private static final class Node extends VodFixture {

        private Node(Cluster cluster) {
            super(rules(Playout.WhenLate.SKIP), BroadcastFiles.none(), cluster);
            register();
        }

        private List<String> names() {
            return vod.find(any -> true).stream()
                    .map(VodDescription::localStreamName)
                    .toList();
        }
    }

    /** Time passes on all nodes, and what there is to hear is heard. */
    private void run(long us) {
        long step = Math.min(us, 100_000);
        for (long done = 0; done < us; done += step) {
            all.forEach(node -> node.loop.run(step));
            settle();
        }
    }

    private void settle() {
        for (int i = 0; i < 4; i++) {
            grids.deliver();
            all.forEach(node -> node.loop.runTasks());
        }
    }

    private void tick() {
        all.forEach(node -> node.shared.tick(node.wallClock.nowUs() / 1000));
        settle();
    }

    private void start(String name) throws Refusal {
        a.startup(name, true);
        run(100_000);
    }

    private static VodFixture.Recorder watch(Node node, String name) throws Refusal {
        return node.play(node.open(name));
    }

    private static int last(VodFixture.Recorder viewer) {
        return viewer.pictures.get(viewer.pictures.size() - 1);
    }

    @Test
    void startedOnOneNode_isPlayedOnOthersAtTheSamePicture() throws Refusal {
        start("test");
        VodFixture.Recorder first = watch(b, "test");
        run(3_000_000);
        VodFixture.Recorder second = watch(c, "vod-live://a.mp4");
        run(9_000_000);
        assertEquals(last(first), last(second));
        assertEquals(
                a.vod.find(any -> true).get(0).localMediaSessionId(),
                c.vod.find(any -> true).get(0).localMediaSessionId());
        assertEquals(1, grids.shared().size());
    }

    @Test
    void nameIsTakenOnceInAllNodes() throws Refusal {
        a.startup("test", true);
        Refusal refused = assertThrows(Refusal.class, () -> b.startup("test", true));
        assertEquals(StatusText.STREAM_NAME_ALREADY_IN_USE, refused.status());
        assertTrue(refused.getMessage().endsWith("on node a"), refused.getMessage());
        assertTrue(b.names().isEmpty());
        assertEquals(0, b.loop.pendingTimers());
    }

    @Test
    void heardOfBeforeItPlays_isNotBroughtBesideItself() throws Refusal {
        grids.afterPut(this::settle);
        a.startup("test", true);
        grids.afterPut(() -> {});
        run(100_000);
        assertEquals(List.of("test"), a.names());
        VodFixture.Recorder viewer = watch(b, "test");
        run(3_000_000);
        assertFalse(viewer.pictures.isEmpty());
        // one that is refused leaves nothing that waits
        assertThrows(Refusal.class, () -> b.startup("test", true));
        a.vod.end(any -> true, StatusText.STOPPED_BY_REST_TERMINATE);
        run(100_000);
        b.startup("test", true);
        run(100_000);
        assertEquals(List.of("test"), b.names());
    }

    @Test
    void refusedAfterItsNameWasTaken_isNotBrought() {
        Stream camera =
                new Stream("test", a.loop, SourceTraits.CAMERA, List.of(), why -> fail("it is not to end: " + why));
        grids.afterPut(() -> assertDoesNotThrow(() -> a.streams.add(camera)));
        a.sharing.hold();
        assertThrows(Refusal.class, () -> a.startup("test", true));
        a.streams.remove(camera);
        settle();
        a.sharing.release();
        settle();
        assertTrue(a.names().isEmpty());
        assertTrue(grids.shared().isEmpty());
    }

    @Test
    void overBeforeTheWordOfItComes_isNotBrought() throws Refusal {
        List<Stream> added = new ArrayList<>();
        a.streams.onAdded(added::add);
        a.startup("test", true);
        a.vod.end(any -> true, StatusText.STOPPED_BY_REST_TERMINATE);
        a.loop.runTasks();
        settle();
        assertEquals(1, added.size());
        assertTrue(a.names().isEmpty());
    }

    @Test
    void terminateOnOneNode_endsTheViewersOfAll() throws Refusal {
        start("test");
        VodFixture.Recorder viewer = watch(c, "test");
        run(100_000);
        b.vod.end(any -> true, StatusText.STOPPED_BY_REST_TERMINATE);
        run(100_000);
        assertTrue(viewer.ends.isEmpty(), "it does not run there");
        a.vod.end(any -> true, StatusText.STOPPED_BY_REST_TERMINATE);
        run(100_000);
        assertEquals(List.of(TERMINATED), viewer.ends);
        assertTrue(a.names().isEmpty() && c.names().isEmpty());
        b.startup("test", true);
        run(100_000);
        assertEquals(List.of("test"), b.names());
        assertTrue(a.names().isEmpty() && c.names().isEmpty());
    }

    @Test
    void broadcastGoesOnAsLongAsSomebodyWatchesOnAnyNode() throws Refusal {
        start("test");
        Hold first = a.open("test");
        a.play(first);
        run(3_000_000);
        Hold second = b.open("test");
        VodFixture.Recorder viewer = b.play(second);
        first.close();
        run(2 * TIMEOUT_US);
        assertTrue(viewer.ends.isEmpty());
        Hold third = c.open("test");
        c.play(third);
        second.close();
        run(2 * TIMEOUT_US);
        assertTrue(b.names().isEmpty(), "whoever does not answer for it need not play it");
        assertEquals(List.of("test"), c.names());
        third.close();
        run(TIMEOUT_US + 200_000);
        all.forEach(node -> assertTrue(node.names().isEmpty()));
        all.forEach(VodFixture::assertReleased);
    }

    @Test
    void watchedBroadcastOfADeadNode_isTheWatchersAndGoesOn() throws Refusal {
        start("test");
        VodFixture.Recorder viewer = watch(b, "test");
        run(2_000_000);
        grids.kill("a");
        run(12_000_000);
        assertTrue(viewer.ends.isEmpty());
        VodFixture.Recorder late = watch(c, "test");
        run(3_000_000);
        assertEquals(last(viewer), last(late));
        assertTrue(grids.shared().values().iterator().next().contains("\"owner\":\"b\""));
    }

    @Test
    void unwatchedBroadcastOfADeadNode_goesOnOnAnother() throws Refusal {
        start("test");
        grids.kill("a");
        run(100_000);
        assertEquals(List.of("test"), b.names());
        assertTrue(c.names().isEmpty());
        run(2 * TIMEOUT_US);
        tick();
        assertEquals(List.of("test"), b.names(), "nobody has watched it yet");
    }

    @Test
    void broadcastWhoseViewersDiedWithTheirNode_timesOut() throws Refusal {
        watch(a, VodFixture.LIVE);
        run(3_000_000);
        grids.kill("a");
        run(1_000_000);
        assertEquals(List.of(VodFixture.LIVE), b.names(), "they may come back");
        tick();
        run(TIMEOUT_US);
        tick();
        assertTrue(b.names().isEmpty());
    }

    @Test
    void stoppingNode_handsOverWhatItPlays() throws Refusal {
        start("test");
        VodFixture.Recorder viewer = watch(c, "test");
        run(1_000_000);
        a.vod.end(any -> true, StatusText.REQUESTED_STREAM_SHUTDOWN);
        run(1_000_000);
        assertTrue(a.names().isEmpty());
        assertTrue(viewer.ends.isEmpty());
        assertTrue(grids.shared().values().iterator().next().contains("\"owner\":\"c\""));
    }

    @Test
    void nodeThatIsStopping_bringsNothingOfOthers() throws Refusal {
        c.startup("test", true);
        run(100_000);
        a.shared.leave();
        grids.kill("c");
        run(1_000_000);
        assertTrue(a.names().isEmpty());
        grids.kill("a");
        run(1_000_000);
        assertEquals(List.of("test"), b.names());
    }

    @Test
    void filmThatIsNotLooped_endsOnAllNodesByItself() throws Refusal {
        a.startup("test", false);
        run(100_000);
        VodFixture.Recorder viewer = watch(b, "test");
        run(11_000_000);
        assertEquals(List.of(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP)), viewer.ends);
        assertEquals(249, last(viewer));
        all.forEach(VodFixture::assertReleased);
    }

    @Test
    void filmThatDiffersBetweenNodes_isRefusedAndDisturbsNobody() throws Refusal {
        b.filmVersion = "another";
        start("test");
        Refusal refused = assertThrows(Refusal.class, () -> b.open("test"));
        assertEquals(StatusText.FILM_DIFFERS_BETWEEN_NODES, refused.status());
        assertTrue(refused.getMessage().contains("size"), refused.getMessage());
        b.films.closeIdle(Long.MAX_VALUE);
        assertEquals(0, b.films.size());
        run(1_000_000);
        assertEquals(List.of("test"), a.names());
    }

    @Test
    void nameStartedOnBothSidesOfASplit_goesOnAsTheEarlier() throws Refusal {
        grids.split("c");
        start("test");
        VodFixture.Recorder first = watch(a, "test");
        run(4_000_000);
        c.startup("test", true);
        VodFixture.Recorder other = watch(c, "test");
        run(3_000_000);
        assertFalse(last(first) == last(other));
        grids.merge("c");
        run(3_000_000);
        assertEquals(last(first), last(other));
        assertTrue(other.ends.isEmpty() && first.ends.isEmpty());
        a.vod.end(any -> true, StatusText.STOPPED_BY_REST_TERMINATE);
        run(100_000);
        assertEquals(List.of(TERMINATED), other.ends);
        assertTrue(c.names().isEmpty());
    }

    @Test
    void laterStartThatThePartWithMoreNodesHas_givesWayToo() throws Refusal {
        grids.split("c");
        c.startup("test", true);
        VodFixture.Recorder first = watch(c, "test");
        run(4_000_000);
        a.startup("test", true);
        VodFixture.Recorder other = watch(a, "test");
        run(3_000_000);
        grids.merge("c");
        run(3_000_000);
        assertEquals(last(first), last(other));
    }

    @Test
    void clockThatIsSet_movesNobodyElse() throws Refusal {
        start("test");
        VodFixture.Recorder first = watch(a, "test");
        VodFixture.Recorder second = watch(b, "test");
        run(3_000_000);
        String before = grids.shared().values().iterator().next();
        b.wallAtZeroUs += 3_000_000;
        b.wallClock.sample();
        run(2_000_000);
        assertEquals(75, last(second) - last(first), 1, "it shows what its clock says");
        b.wallAtZeroUs -= 3_000_000;
        b.wallClock.sample();
        run(3_000_000);
        assertEquals(last(first), last(second));
        assertEquals(before, grids.shared().values().iterator().next());
    }

    @Test
    void nodeThatLostTheOthers_startsAlone_andSharesLater() throws Refusal {
        grids.split("c");
        c.startup("test", true);
        run(100_000);
        grids.merge("c");
        run(100_000);
        VodFixture.Recorder viewer = watch(a, "test");
        run(1_000_000);
        assertTrue(last(viewer) > 20);
    }
}
