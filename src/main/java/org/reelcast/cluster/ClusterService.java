package org.reelcast.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.cluster.grid.GridException;
import org.reelcast.cluster.grid.GridOptions;
import org.reelcast.cluster.grid.HazelcastGrid;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.Blocking;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.loop.MonotonicClock;
import org.reelcast.server.Feature;
import org.reelcast.server.ReadinessCheck;
import org.reelcast.server.ServerContext;

/** Makes this server one node of several, if the settings say so. */
@ApplicationScoped
public class ClusterService implements Feature, ReadinessCheck {
    private static final Logger LOG = Logger.getLogger(ClusterService.class.getName());
    /** What others ask is answered by so many at a time; some answers take a second. */
    private static final int ANSWERERS = 16;

    private static final int MAX_WAITING = 1_000;
    private static final long LINGER_MS = 3_000;
    private static final long TIDY_S = 30;

    /** What other nodes are told waits for them. */
    private static final int SHARERS = 4;

    private Cluster cluster;
    private OriginStreams origins;
    private ViewerAddress ownAddress;
    private ClockCheck clocks;
    private volatile boolean leaving;

    /** For the container. */
    public ClusterService() {}

    @Override
    public Stage stage() {
        return Stage.TRANSPORT;
    }

    @Override
    public Closeable start(ServerContext server) throws IOException {
        Settings settings = server.settings();
        String node = GridOptions.node(settings);
        String host = settings.get(Keys.CLUSTER_PUBLIC_HOST).isEmpty()
                ? settings.get(Keys.IP)
                : settings.get(Keys.CLUSTER_PUBLIC_HOST);
        ownAddress = ViewerAddress.of(host, settings);
        if (!settings.get(Keys.CLUSTER_ENABLED)) {
            cluster = Cluster.alone(node);
            clocks = clocks();
            origins = new OriginStreams(cluster, server.shortTasks());
            return cluster;
        }
        GridOptions options = GridOptions.of(settings, facts(settings));
        Executor inOrder = new BoundedExecutor(server.executor(), 1, LINGER_MS);
        Executor tasks = new BoundedExecutor(server.executor(), ANSWERERS, LINGER_MS, MAX_WAITING);
        cluster = new Cluster(node, true, listener -> HazelcastGrid.join(options, listener, inOrder, tasks));
        LOG.info(() -> "Node " + node + " of " + options.name() + " at "
                + options.address().getHostAddress() + ":" + options.port() + "; nodes: "
                + cluster.nodes().stream().map(each -> each.id()).toList());
        clocks = clocks();
        clocks.start();
        clocks.measure();
        origins = new OriginStreams(cluster, new BoundedExecutor(server.executor(), SHARERS, LINGER_MS));
        origins.start();
        server.streams().register(origins);
        Future<?> tidying = server.scheduler()
                .scheduleWithFixedDelay(() -> inOrder.execute(this::tidy), TIDY_S, TIDY_S, TimeUnit.SECONDS);
        return () -> {
            tidying.cancel(false);
            cluster.close();
        };
    }

    /** What other nodes need to know to send viewers here, and to ask this one by HTTP. */
    private Map<String, String> facts(Settings settings) throws GridException {
        String host =
                ownAddress.host().isEmpty() ? GridOptions.address(settings).getHostAddress() : ownAddress.host();
        return ViewerAddress.of(host, settings).facts();
    }

    private ClockCheck clocks() {
        return new ClockCheck(cluster, MonotonicClock::timeOfDayUs, MonotonicClock::nowUs);
    }

    private void tidy() {
        try {
            clocks.measure();
            cluster.tidy(System.currentTimeMillis());
            origins.tidy();
        } catch (GridException e) {
            LOG.log(Level.FINE, "What ended is forgotten later", e);
        }
    }

    public Cluster cluster() {
        return cluster;
    }

    /** Streams that live on one node. */
    public OriginStreams origins() {
        return origins;
    }

    /** Where viewers reach a node; of this one the host is empty when the settings do not say. */
    public Optional<ViewerAddress> viewerAddress(String node) {
        return node.equals(cluster.node()) ? Optional.of(ownAddress) : cluster.viewerAddress(node);
    }

    /** By how much the clock of another node is ahead of this one, in µs; empty before that is known. */
    public OptionalLong clockOffsetUs(String node) {
        return clocks.offsetUs(node);
    }

    @Override
    public void leave() {
        if (!leaving && cluster.isShared()) {
            leaving = true;
            LOG.info(() -> "Node " + cluster.node() + " is being stopped and takes no more viewers");
            cluster.leave();
        }
    }

    /** Its viewers are gone: what it was to do for all since it is being stopped goes to others, too. */
    @Blocking
    public void leaveRest() {
        cluster.leave();
    }

    /** Whether this node is being stopped and there are others, to which its viewers can go. */
    public boolean isLeftToOthers() {
        return leaving && cluster.nodes().size() > 1;
    }

    @Override
    public String name() {
        return "cluster";
    }

    /** Which node this is, which others it sees and how their clocks differ, and what it does for all. */
    @Override
    public Optional<String> detail() {
        return cluster.isShared() ? Optional.of(new NodeReport(cluster, clocks).sentence()) : Optional.empty();
    }

    /** Never asks the others: a node that has lost them plays on. */
    @Override
    public Optional<String> whyNotReady() {
        return leaving ? Optional.of("This node is being stopped.") : clocks.whyWrong();
    }
}
