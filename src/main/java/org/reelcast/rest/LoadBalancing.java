package org.reelcast.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.Closeable;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.reelcast.cluster.ClusterService;
import org.reelcast.cluster.NodeChoice;
import org.reelcast.cluster.ViewerAddress;
import org.reelcast.server.Feature;
import org.reelcast.server.ReadinessCheck;
import org.reelcast.server.ServerContext;

/** Says where the next viewer is to go, for clients that ask before they connect. */
@ApplicationScoped
public class LoadBalancing implements Feature {
    @Inject
    private ClusterService clusters;

    @Inject
    @Any
    private Instance<ReadinessCheck> checks;

    private ServerContext server;
    private NodeChoice choice;

    /** For the container. */
    public LoadBalancing() {}

    @Override
    public Stage stage() {
        return Stage.CLIENTS;
    }

    @Override
    public Closeable start(ServerContext context) {
        server = context;
        choice = new NodeChoice(clusters.cluster(), this::viewers, new SecureRandom());
        choice.start();
        return () -> {
            // nothing was begun
        };
    }

    /** Who watch and listen; empty when this node takes nobody. */
    private Optional<Integer> viewers() {
        boolean ready = server.loops().saturation().isEmpty()
                && checks.stream().allMatch(check -> check.whyNotReady().isEmpty());
        return ready
                ? Optional.of(server.streams().find(all -> true).stream()
                        .flatMap(stream -> stream.holds().stream())
                        .mapToInt(hold -> hold.holder().viewer() ? 1 : 0)
                        .sum())
                : Optional.empty();
    }

    /** Where the other nodes answer the same question. */
    List<String> others(boolean secure, String path) {
        return clusters.cluster().nodes().stream()
                .filter(node -> !node.self())
                .flatMap(node -> clusters.viewerAddress(node.id()).stream())
                .flatMap(address -> address.page(secure, path).stream())
                .toList();
    }

    /** Where the next viewer is to connect; empty when no node takes any. */
    CompletionStage<Optional<ViewerAddress>> next() {
        return choice.next().thenApply(node -> node.flatMap(clusters::viewerAddress));
    }
}
