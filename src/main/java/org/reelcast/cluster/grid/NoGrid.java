package org.reelcast.cluster.grid;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One node alone: nothing is shared, every name is free. */
public final class NoGrid implements Grid {
    private final List<Node> nodes;

    /** @param node what this one is called */
    public NoGrid(String node) {
        nodes = List.of(new Node(node, "", true, Map.of()));
    }

    @Override
    public List<Node> nodes() {
        return nodes;
    }

    @Override
    public void refresh() {
        // nothing comes from elsewhere
    }

    @Override
    public Optional<String> read(String key) {
        return Optional.empty();
    }

    @Override
    public Optional<String> putIfAbsent(String key, String text) {
        return Optional.empty();
    }

    @Override
    public boolean replace(String key, String old, String text) {
        return false;
    }

    @Override
    public boolean remove(String key, String old) {
        return false;
    }

    @Override
    public CompletionStage<String> ask(String node, String question) {
        return CompletableFuture.failedFuture(new GridException("There is no node " + node));
    }

    @Override
    public void close() {
        // nothing is open
    }
}
