package org.reelcast.cluster.grid;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.properties.PropertyDefinition;
import com.hazelcast.logging.ILogger;
import com.hazelcast.spi.discovery.AbstractDiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryNode;
import com.hazelcast.spi.discovery.DiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryStrategyFactory;
import com.hazelcast.spi.discovery.SimpleDiscoveryNode;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Finds nodes behind a name, which is looked up each time, since they come and go. */
final class HazelcastDns extends AbstractDiscoveryStrategy {
    private static final Logger LOG = Logger.getLogger(HazelcastDns.class.getName());

    private final MemberPlaces places;

    private HazelcastDns(MemberPlaces places, ILogger logger) {
        super(logger, Map.of());
        this.places = places;
    }

    @Override
    public Iterable<DiscoveryNode> discoverNodes() {
        try {
            return Arrays.stream(places.lookUp())
                    .<DiscoveryNode>map(each -> new SimpleDiscoveryNode(new Address(each, places.port())))
                    .toList();
        } catch (UnknownHostException e) {
            LOG.log(
                    Level.WARNING,
                    "cluster_members: {0} has no address now",
                    places.where().get(0));
            return List.of();
        }
    }

    /** Makes one as Hazelcast asks for it. */
    record Factory(MemberPlaces places) implements DiscoveryStrategyFactory {

        @Override
        public Class<? extends DiscoveryStrategy> getDiscoveryStrategyType() {
            return HazelcastDns.class;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public DiscoveryStrategy newDiscoveryStrategy(
                DiscoveryNode node, ILogger logger, Map<String, Comparable> properties) {
            return new HazelcastDns(places, logger);
        }

        @Override
        public Collection<PropertyDefinition> getConfigurationProperties() {
            return List.of();
        }
    }
}
