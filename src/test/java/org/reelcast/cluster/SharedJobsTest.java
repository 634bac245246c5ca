package org.reelcast.cluster;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.reelcast.cluster.grid.GridException;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

class SharedJobsTest {
    private static final String KIND = "record";
    private static final JsonObject BODY = body("film");

    private final FakeGrids grids = new FakeGrids();
    private final Node a = new Node("a").up();
    private final Node b = new Node("b").up();
    private final Node c = new Node("c").up();

    private final class Node implements JobWorker {
        private final Cluster cluster;
        private final Set<String> does = new TreeSet<>();
        private int refusals;
        private JsonObject begunWith;

        private final Deque<Runnable> held = new ArrayDeque<>();
        private boolean holds;

        private Node(String name) {
            cluster = grids.join(name);
            cluster.jobs().register(KIND, this);
        }

        private Node up() {
            cluster.jobs().open(KIND);
            return this;
        }

        /** What comes last is run first. */
        private void runHeld() {
            holds = false;
            while (!held.isEmpty()) {
                held.removeLast().run();
            }
        }

        private void begin(String id) throws GridException {
            does.add(id);
            cluster.jobs().started(KIND, id, BODY);
        }

        @Override
        public void start(String id, JsonObject body) throws Refusal {
            if (refusals-- > 0) {
                throw new Refusal(StatusText.STREAM_NOT_FOUND, "not yet");
            }
            begunWith = body;
            does.add(id);
        }

        @Override
        public void stop(String id) {
            does.remove(id);
        }

        @Override
        public Executor tasks() {
            return task -> {
                if (holds) {
                    held.add(task);
                } else {
                    task.run();
                }
            };
        }

        @Override
        public Executor later() {
            return Runnable::run;
        }
    }

    private static JsonObject body(String name) {
        return Json.createObjectBuilder().add("name", name).build();
    }

    @Test
    void jobOfADeadNode_isDoneByOneOther() throws GridException {
        b.begin("x");
        grids.deliver();
        grids.kill("b");
        grids.deliver();
        assertEquals(Set.of("x"), a.does);
        assertTrue(c.does.isEmpty());
        a.cluster.jobs().finished(KIND, "x");
        grids.deliver();
        assertTrue(grids.shared().isEmpty());
    }

    @Test
    void jobThatIsBegunElsewhere_stopsHere() throws GridException {
        a.begin("x");
        grids.deliver();
        b.begin("x");
        grids.deliver();
        assertTrue(a.does.isEmpty());
        assertEquals(Set.of("x"), b.does);
    }

    @Test
    void jobEndsFromAnyNode() throws GridException {
        a.begin("x");
        grids.deliver();
        assertTrue(c.cluster.jobs().end(KIND, "x"));
        assertFalse(c.cluster.jobs().end(KIND, "x"));
        grids.deliver();
        assertTrue(a.does.isEmpty());
        assertTrue(grids.shared().isEmpty());
    }

    @Test
    void leavingNode_handsOver() throws GridException {
        a.begin("x");
        grids.deliver();
        a.cluster.leave();
        grids.deliver();
        assertTrue(a.does.isEmpty());
        assertEquals(Set.of("x"), b.does);
        grids.kill("a");
        grids.deliver();
        assertEquals(Set.of("x"), b.does);
        assertTrue(c.does.isEmpty());
    }

    @Test
    void frozenNodeThatComesBack_findsAnotherOwner_andStops() throws GridException {
        c.begin("x");
        grids.deliver();
        grids.split("c");
        grids.deliver();
        assertEquals(Set.of("x"), a.does);
        assertEquals(Set.of("x"), c.does, "it does not know");
        grids.merge("c");
        grids.deliver();
        assertEquals(Set.of("x"), a.does);
        assertTrue(c.does.isEmpty());
    }

    @Test
    void jobThatNobodyCanDo_isGivenUp() throws GridException {
        b.begin("x");
        grids.deliver();
        a.refusals = 100;
        grids.kill("b");
        grids.deliver();
        assertTrue(grids.shared().isEmpty());
    }

    @Test
    void jobThatCannotGoOnAtOnce_isTriedAgain() throws GridException {
        b.begin("x");
        grids.deliver();
        a.refusals = 3;
        grids.kill("b");
        grids.deliver();
        assertEquals(Set.of("x"), a.does);
    }

    @Test
    void jobIsTakenOnce_andAgainWhenItIsOver() throws GridException {
        assertEquals(Optional.empty(), a.cluster.jobs().claim(KIND, "x", BODY));
        assertEquals(Optional.of("a"), a.cluster.jobs().claim(KIND, "x", BODY));
        assertEquals(Optional.of("a"), b.cluster.jobs().claim(KIND, "x", BODY));
        grids.deliver();
        assertTrue(b.does.isEmpty());
        assertEquals(Map.of(KIND, 1), b.cluster.jobs().table().count("a"));
        a.cluster.jobs().finished(KIND, "x");
        assertEquals(Optional.empty(), b.cluster.jobs().claim(KIND, "x", BODY));
        grids.deliver();
        assertEquals(Map.of(KIND, 1), a.cluster.jobs().table().count("b"));
    }

    @Test
    void jobOfADeadNode_canBeTakenAtOnce() throws GridException {
        b.begin("x");
        grids.deliver();
        grids.kill("b");
        assertEquals(Optional.empty(), c.cluster.jobs().claim(KIND, "x", BODY));
        grids.deliver();
        assertTrue(a.does.isEmpty());
    }

    @Test
    void whoTakesAJobOver_beginsWithItAsItIs() throws GridException {
        b.begin("x");
        b.cluster.jobs().changed(KIND, "x", () -> body("other"));
        a.cluster.jobs().changed(KIND, "x", () -> body("not its own"));
        grids.deliver();
        grids.kill("b");
        grids.deliver();
        assertEquals(body("other"), a.begunWith);
    }

    @Test
    void whatIsOver_doesNotEndWhatWasBegunSince() throws GridException {
        a.begin("x");
        grids.deliver();
        b.begin("x");
        a.cluster.jobs().finished(KIND, "x");
        grids.deliver();
        assertEquals(Map.of(KIND, 1), a.cluster.jobs().table().count("b"));
    }

    @Test
    void whatIsOver_isNotBegunAgain_thoughTheWordOfItComesLate() throws GridException {
        a.cluster.jobs().claim(KIND, "x", BODY);
        a.holds = true;
        a.cluster.jobs().finished(KIND, "x");
        grids.deliver();
        a.runHeld();
        assertTrue(a.does.isEmpty());
        grids.deliver();
        assertTrue(grids.shared().isEmpty());
    }

    @Test
    void whatIsOver_canBeTakenAgainAtOnce() throws GridException {
        a.cluster.jobs().claim(KIND, "x", BODY);
        a.holds = true;
        a.cluster.jobs().finished(KIND, "x");
        assertEquals(Optional.empty(), a.cluster.jobs().claim(KIND, "x", body("other")));
        grids.deliver();
        a.runHeld();
        grids.deliver();
        assertEquals(Optional.of("a"), b.cluster.jobs().claim(KIND, "x", BODY));
    }

    @Test
    void ofTwoWhoAskTheSameNodeAtOnce_oneHasIt() throws GridException {
        List<Optional<String>> second = new ArrayList<>();
        grids.afterPut(
                () -> assertDoesNotThrow(() -> second.add(a.cluster.jobs().claim(KIND, "x", BODY))));
        assertEquals(Optional.empty(), a.cluster.jobs().claim(KIND, "x", BODY));
        assertEquals(List.of(Optional.of("a")), second);
    }

    @Test
    void whatIsEndedBeforeItIsBegun_stops() throws Refusal {
        grids.afterPut(() -> {
            assertTrue(assertDoesNotThrow(() -> b.cluster.jobs().end(KIND, "x")));
            grids.deliver();
        });
        assertTrue(new OwnerJobs(a.cluster, KIND, a)
                .begin("x", BODY, StatusText.MIXER_ALREADY_EXISTS, () -> a.does.add("x")));
        assertTrue(a.does.isEmpty());
        grids.deliver();
        assertTrue(grids.shared().isEmpty());
    }

    @Test
    void whatTheOthersCouldNotBeTold_isToldLater() throws GridException {
        a.begin("x");
        grids.deliver();
        grids.answers("a", false);
        a.cluster.jobs().finished(KIND, "x");
        grids.answers("a", true);
        a.cluster.tidy(0);
        grids.deliver();
        assertTrue(grids.shared().isEmpty());
        grids.kill("a");
        grids.deliver();
        assertTrue(b.does.isEmpty());
    }

    @Test
    void leavingNode_takesNothingOver() throws GridException {
        b.begin("x");
        grids.deliver();
        a.cluster.leave();
        grids.kill("b");
        grids.deliver();
        assertTrue(a.does.isEmpty());
        assertEquals(Set.of("x"), c.does);
        a.begin("y");
        grids.deliver();
        a.cluster.leave();
        grids.deliver();
        assertTrue(a.does.isEmpty());
        assertEquals(Set.of("x", "y"), c.does);
    }

    @Test
    void whatIsHandedToALeavingNode_isHandedOn() throws GridException {
        a.cluster.leave();
        b.begin("x");
        grids.deliver();
        b.cluster.leave();
        grids.deliver();
        assertTrue(a.does.isEmpty());
        a.cluster.leave();
        grids.kill("b");
        grids.deliver();
        assertEquals(Set.of("x"), c.does);
    }

    @Test
    void takenBeforeTheWordOfItsEndComes_goesOn() throws GridException {
        b.begin("x");
        grids.deliver();
        b.cluster.jobs().finished(KIND, "x");
        assertEquals(Optional.empty(), a.cluster.jobs().claim(KIND, "x", BODY));
        grids.deliver();
        assertEquals(Optional.of("a"), a.cluster.jobs().claim(KIND, "x", BODY));
        assertEquals(Map.of(KIND, 1), b.cluster.jobs().table().count("a"));
    }

    @Test
    void ofASplit_oneSideGoesOn_howeverOftenTheOtherBegan() throws GridException {
        c.begin("x");
        grids.deliver();
        grids.split("c");
        grids.deliver();
        for (int i = 0; i < 5; i++) {
            c.begin("x");
            grids.deliver();
        }
        grids.merge("c");
        grids.deliver();
        assertEquals(Set.of("x"), a.does);
        assertTrue(c.does.isEmpty());
    }

    @Test
    void deadNodesJobThatCouldNotBeTakenOver_isTakenOverLater() throws GridException {
        b.begin("x");
        grids.deliver();
        grids.answers("a", false);
        grids.kill("b");
        grids.deliver();
        grids.answers("a", true);
        assertTrue(a.does.isEmpty());
        a.cluster.tidy(0);
        grids.deliver();
        assertEquals(Set.of("x"), a.does);
    }

    @Test
    void whatIsHandedToANodeThatIsStarting_isBegunWhenItIsUp() throws GridException {
        grids.kill("b");
        grids.kill("c");
        Node d = new Node("d");
        a.begin("x");
        grids.deliver();
        a.cluster.leave();
        grids.deliver();
        grids.kill("a");
        grids.deliver();
        assertTrue(d.does.isEmpty());
        d.up();
        grids.deliver();
        assertEquals(Set.of("x"), d.does);
    }

    @Test
    void whatADeadNodeDid_isBegunByOneThatIsStarting() throws GridException {
        Node d = new Node("d");
        d.begin("x");
        grids.deliver();
        for (String gone : List.of("a", "b", "c")) {
            grids.kill(gone);
        }
        Node e = new Node("e");
        grids.deliver();
        grids.kill("d");
        grids.deliver();
        assertTrue(e.does.isEmpty());
        e.up();
        grids.deliver();
        assertEquals(Set.of("x"), e.does);
    }

    @Test
    void featureIsToldWhichNodeHasIt() throws Refusal {
        OwnerJobs onA = new OwnerJobs(a.cluster, KIND, a);
        OwnerJobs onB = new OwnerJobs(b.cluster, KIND, b);
        onA.begin("x", BODY, StatusText.MIXER_ALREADY_EXISTS, () -> "begun");
        grids.deliver();
        Refusal taken =
                assertThrows(Refusal.class, () -> onB.begin("x", BODY, StatusText.MIXER_ALREADY_EXISTS, () -> "never"));
        assertEquals("'x' is there already, on node a", taken.getMessage());
        assertEquals(StatusText.MIXER_ALREADY_EXISTS, taken.status());
        onA.checkHere("x", StatusText.MIXER_NOT_FOUND);
        Refusal elsewhere = assertThrows(Refusal.class, () -> onB.checkHere("x", StatusText.MIXER_NOT_FOUND));
        assertEquals("'x' is on node a, at ws://a.example:8080: ask it there", elsewhere.getMessage());
        assertTrue(onB.end(body -> body.equals(BODY)));
        assertFalse(onB.end("y"));
        onB.begin("z", BODY, StatusText.MIXER_ALREADY_EXISTS, () -> "begun");
    }

    @Test
    void whatCannotBeBegun_isNobodys() {
        OwnerJobs onA = new OwnerJobs(a.cluster, KIND, a);
        assertThrows(
                Refusal.class,
                () -> onA.begin("x", BODY, StatusText.MIXER_ALREADY_EXISTS, () -> {
                    throw new Refusal(StatusText.STREAM_NOT_FOUND, "no such stream");
                }));
        grids.deliver();
        assertTrue(grids.shared().isEmpty());
    }
}
