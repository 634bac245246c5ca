package org.reelcast.cluster;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.reelcast.cluster.grid.Node;

/** What a node says of itself where its health is asked for. */
record NodeReport(Cluster cluster, ClockCheck clocks) {
    private static final double MS = 1000.0;

    String sentence() {
        List<Node> nodes = cluster.nodes();
        long owned = cluster.streams().running().stream()
                .filter(stream -> stream.owner().equals(cluster.node()))
                .count();
        int jobs = cluster.jobCounts(cluster.node()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        return "Node " + cluster.node() + " of " + nodes.size() + ": "
                + nodes.stream().map(this::named).collect(Collectors.joining(", ")) + ". It answers for " + owned
                + " streams and does " + jobs + " jobs."
                + clocks.whyNoticed().map(why -> " " + why).orElse("");
    }

    private String named(Node node) {
        OptionalLong offset = clocks.offsetUs(node.id());
        return offset.isEmpty()
                ? node.id()
                : node.id() + String.format(Locale.ROOT, " (clock %+.1f ms)", offset.getAsLong() / MS);
    }
}
