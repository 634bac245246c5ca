package org.reelcast.cluster.grid;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.DiscoveryStrategyConfig;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.NetworkConfig;
import java.util.Map;

/** The configuration of Hazelcast: all in code, so that none that the application server has comes into it. */
final class HazelcastSetup {
    /** What is said of each node as it joins. */
    static final String NODE = "reelcast.node";
    /** The form of what is shared: nodes of another one are none of ours. */
    static final String FORM = "reelcast.form";

    static final String OUR_FORM = "1";
    static final String MAP = "reelcast";

    /** Times in seconds, where the name does not say ms: a frozen node is seen after 5 s, a split heals in 5 to 10. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("hazelcast.max.no.heartbeat.seconds", "5"),
            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
            Map.entry("hazelcast.operation.call.timeout.millis", "5000"),
            Map.entry("hazelcast.wait.seconds.before.join", "1"),
            Map.entry("hazelcast.graceful.shutdown.max.wait", "5"),
            Map.entry("hazelcast.socket.bind.any", "false"),
            Map.entry("hazelcast.socket.connect.timeout.seconds", "2"),
            // ours leaves when all else has ended
            Map.entry("hazelcast.shutdownhook.enabled", "false"),
            Map.entry("hazelcast.phone.home.enabled", "false"),
            Map.entry("hazelcast.logging.type", "jdk"),
            Map.entry("hazelcast.health.monitoring.level", "OFF"),
            Map.entry("hazelcast.metrics.enabled", "false"),
            Map.entry("hazelcast.slow.operation.detector.enabled", "false"),
            // a few hundred texts, a few changes a second
            Map.entry("hazelcast.partition.count", "31"),
            Map.entry("hazelcast.event.queue.capacity", "100000"),
            Map.entry("hazelcast.event.thread.count", "1"),
            Map.entry("hazelcast.io.thread.count", "1"),
            Map.entry("hazelcast.operation.thread.count", "2"),
            Map.entry("hazelcast.operation.generic.thread.count", "2"),
            Map.entry("hazelcast.clientengine.thread.count", "1"),
            Map.entry("hazelcast.clientengine.query.thread.count", "1"),
            Map.entry("hazelcast.clientengine.blocking.thread.count", "1"));

    private HazelcastSetup() {}

    static Config of(GridOptions options) {
        Config config = new Config("reelcast-" + options.node() + "-" + options.port());
        config.setClassLoader(Config.class.getClassLoader());
        config.setClusterName(options.name());
        PROPERTIES.forEach(config::setProperty);
        config.getJetConfig().setEnabled(false);
        options.facts().forEach(config.getMemberAttributeConfig()::setAttribute);
        config.getMemberAttributeConfig().setAttribute(NODE, options.node()).setAttribute(FORM, OUR_FORM);
        config.getSerializationConfig()
                .setJavaSerializationFilterConfig(new JavaSerializationFilterConfig()
                        .setWhitelist(new ClassFilter().addPrefixes("java.", "com.hazelcast.", "["))
                        .setDefaultsDisabled(true));
        // a backup that is waited for would stop every change for seconds beside a frozen node
        config.addMapConfig(new MapConfig(MAP).setBackupCount(0).setAsyncBackupCount(1));
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(options.port()).setPortAutoIncrement(false).setReuseAddress(true);
        network.getInterfaces().setEnabled(true).addInterface(options.address().getHostAddress());
        join(config, network.getJoin(), options.places());
        return config;
    }

    private static void join(Config config, JoinConfig join, MemberPlaces places) {
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        switch (places.way()) {
            case LIST ->
                join.getTcpIpConfig()
                        .setEnabled(true)
                        .setConnectionTimeoutSeconds(2)
                        .setMembers(places.where());
            case DNS -> {
                config.setProperty("hazelcast.discovery.enabled", "true");
                join.getDiscoveryConfig()
                        .addDiscoveryStrategyConfig(new DiscoveryStrategyConfig(new HazelcastDns.Factory(places)));
            }
            case KUBERNETES -> {
                String[] service = places.where().get(0).split("\\.", 2);
                join.getKubernetesConfig()
                        .setEnabled(true)
                        .setProperty("service-name", service[0])
                        .setProperty("service-port", Integer.toString(places.port()));
                if (service.length > 1) {
                    join.getKubernetesConfig().setProperty("namespace", service[1]);
                }
            }
        }
    }
}
