package org.reelcast.rest.connection;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;

/**
 * The listeners that Payara has opened, whose own interfaces let nobody between socket and HTTP. Found by name: the part of
 * Payara that has them is no library.
 */
final class OwnTransports {
    /** The socket's own filter comes first. */
    private static final int BEHIND_SOCKET = 1;

    /** Takes whole requests from HTTP's codec; of a part of Grizzly that is no library here. */
    private static final String CONTAINER = "org.glassfish.grizzly.http.server.HttpServerFilter";

    private OwnTransports() {}

    /** @throws ReflectiveOperationException when this is another server, or another version of it */
    static void put(ConnectionFilter filter) throws ReflectiveOperationException {
        for (Transport transport : all()) {
            put(filter, transport);
        }
    }

    /**
     * Connections that are open already keep the chain that they began with, as Grizzly has a place for each of its
     * filters: a request that comes while the server starts would break by one more.
     */
    static void put(ConnectionFilter filter, Transport transport) throws ReflectiveOperationException {
        List<Filter> filters = new ArrayList<>((FilterChain) transport.getProcessor());
        int container = filters.size();
        for (int i = 0; i < filters.size(); i++) {
            if (filters.get(i) instanceof HttpServerFilter codec) {
                codec.getMonitoringConfig().addProbes(filter.probe());
            }
            if (filters.get(i).getClass().getName().equals(CONTAINER)) {
                container = i;
            }
        }
        FilterChain chain = FilterChainBuilder.stateless()
                .addAll(filters)
                .add(container, new TargetFilter())
                .add(BEHIND_SOCKET, filter)
                .build();
        transport.setProcessor(chain);
        Field listening = TCPNIOTransport.class.getDeclaredField("serverConnections");
        listening.setAccessible(true);
        for (Object each : (Collection<?>) listening.get(transport)) {
            ((Connection<?>) each).setProcessor(chain);
        }
    }

    private static List<Transport> all() throws ReflectiveOperationException {
        ClassLoader payara = Transport.class.getClassLoader();
        Object locator = payara.loadClass("org.glassfish.internal.api.Globals")
                .getMethod("getDefaultHabitat")
                .invoke(null);
        Class<?> service = payara.loadClass("com.sun.enterprise.v3.services.impl.GrizzlyService");
        Object grizzly = payara.loadClass("org.glassfish.hk2.api.ServiceLocator")
                .getMethod("getService", Class.class, Annotation[].class)
                .invoke(locator, service, new Annotation[0]);
        Field proxies = service.getDeclaredField("proxies");
        proxies.setAccessible(true);
        List<Transport> all = new ArrayList<>();
        for (Object proxy : (Collection<?>) proxies.get(grizzly)) {
            Object listener =
                    proxy.getClass().getMethod("getUnderlyingListener").invoke(proxy);
            all.add((Transport) listener.getClass().getMethod("getTransport").invoke(listener));
        }
        return all;
    }
}
