package org.reelcast.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NodeChoiceTest {
    private final FakeGrids grids = new FakeGrids();

    private NodeChoice node(String name, Optional<Integer> viewers) {
        NodeChoice choice = new NodeChoice(grids.join(name), () -> viewers, new Random(1));
        choice.start();
        return choice;
    }

    private static Optional<String> next(NodeChoice choice) {
        return choice.next().toCompletableFuture().join();
    }

    @Test
    void nodeWithMostViewers_isNeverChosen_andTheOthersAre() {
        NodeChoice a = node("a", Optional.of(100));
        node("b", Optional.of(10));
        node("c", Optional.of(20));
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            counts.merge(next(a).orElseThrow(), 1, Integer::sum);
        }
        assertEquals(Map.of("b", counts.get("b"), "c", counts.get("c")), counts);
        assertEquals(true, counts.get("b") > 150 && counts.get("c") > 50, counts.toString());
    }

    @Test
    void nodeThatTakesNone_orIsGone_isNotChosen() {
        NodeChoice a = node("a", Optional.empty());
        node("b", Optional.of(10));
        assertEquals(Optional.of("b"), next(a));
        grids.kill("b");
        assertEquals(Optional.empty(), next(a));
    }
}
