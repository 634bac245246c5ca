package org.reelcast.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Which node a viewer is sent to: of two that are picked by chance the one with fewer viewers. All at once would go to the
 * one with fewest, and be too many there (Mitzenmacher 2001, the power of two choices).
 */
public final class NodeChoice {
    private static final String TOPIC = "viewers";
    private static final String NOT_READY = "";

    private final Cluster cluster;
    private final Supplier<Optional<Integer>> viewers;
    private final Random random;

    /** @param viewers how many this node has; empty when it takes none */
    public NodeChoice(Cluster cluster, Supplier<Optional<Integer>> viewers, Random random) {
        this.cluster = cluster;
        this.viewers = viewers;
        this.random = random;
    }

    /** From now on others are told how many viewers this node has. */
    public void start() {
        cluster.answer(TOPIC, nothing -> own());
    }

    private String own() {
        return viewers.get().map(String::valueOf).orElse(NOT_READY);
    }

    /** The node that the next viewer is to go to; empty when none takes any. Completes within a second. */
    public CompletionStage<Optional<String>> next() {
        return cluster.askOthers(TOPIC, "").thenApply(answers -> {
            Map<String, String> all = answers.texts();
            all.put(cluster.node(), own());
            List<String> ready = new ArrayList<>(all.keySet());
            ready.removeIf(node -> all.get(node).equals(NOT_READY));
            Collections.shuffle(ready, random);
            return ready.stream()
                    .limit(2)
                    .min((one, other) ->
                            Integer.compare(Integer.parseInt(all.get(one)), Integer.parseInt(all.get(other))));
        });
    }
}
