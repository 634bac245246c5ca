package org.reelcast.signalling;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Puts the endpoint at every path: WCS's clients connect to {@code /}, to {@code /<stream name>}, to whatever they
 * like.
 */
public final class EndpointPaths implements ServerApplicationConfig {
    private static final int MAX_SEGMENTS = 8;

    /** For the container. */
    public EndpointPaths() {}

    @Override
    public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> endpointClasses) {
        Set<ServerEndpointConfig> configs = new LinkedHashSet<>();
        configs.add(at("/"));
        StringBuilder path = new StringBuilder();
        for (int segment = 1; segment <= MAX_SEGMENTS; segment++) {
            path.append("/{p").append(segment).append('}');
            configs.add(at(path.toString()));
        }
        return configs;
    }

    private static ServerEndpointConfig at(String path) {
        return ServerEndpointConfig.Builder.create(WcsEndpoint.class, path)
                .configurator(new Wiring())
                .build();
    }

    @Override
    public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> scanned) {
        return Set.of();
    }

    /** Makes endpoints that know the application's clients, whom it asks the container for once. */
    private static final class Wiring extends ServerEndpointConfig.Configurator {
        private volatile Connections connections;

        @Override
        public <T> T getEndpointInstance(Class<T> endpointClass) {
            Connections known = connections;
            if (known == null) {
                known = CDI.current().select(SignallingService.class).get().connections();
                connections = known;
            }
            return endpointClass.cast(new WcsEndpoint(known));
        }
    }
}
