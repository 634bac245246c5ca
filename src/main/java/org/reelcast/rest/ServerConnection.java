package org.reelcast.rest;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The connection that a request came by, of which the Servlet API tells nothing. Payara keeps in its heap what the
 * network does not take yet, up to four times the system's send buffer: 8 MB a download that nobody reads. Other servers
 * are left as they are.
 */
public final class ServerConnection {
    private static final Logger LOG = Logger.getLogger(ServerConnection.class.getName());

    /** The connection's attribute that has the address of whom a trusted proxy has named for it. */
    public static final String NAMED_CLIENT = "org.reelcast.client";

    private final Object connection;

    private ServerConnection(Object connection) {
        this.connection = connection;
    }

    public static Optional<ServerConnection> of(ServletRequest request) {
        try {
            return Optional.of(ofCatalina(catalina(request)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.FINE, "This is another server", e);
            return Optional.empty();
        }
    }

    /** Whether a request offers to go on by a protocol that is not spoken here, which is no reason not to answer. */
    static boolean offersUpgrade(HttpServletRequest request) {
        String protocol = request.getHeader("Upgrade");
        return protocol != null && !"websocket".equalsIgnoreCase(protocol);
    }

    /**
     * Makes Payara forget that a request offers to go on by another protocol, HTTP/2 mostly, which a server may (RFC 9110
     * section 7.8). It would take all that comes for the other protocol's, and answer without Content-Type and length.
     */
    static void forgetUpgrade(ServletRequest request) {
        try {
            Object grizzly = call(catalina(request), "org.apache.catalina.connector.Request", "getCoyoteRequest");
            Object packet = call(grizzly, "org.glassfish.grizzly.http.server.Request", "getRequest");
            Class<?> header = Class.forName(
                    "org.glassfish.grizzly.http.HttpHeader",
                    false,
                    packet.getClass().getClassLoader());
            call(
                    header.getMethod("getUpgradeDC").invoke(packet),
                    "org.glassfish.grizzly.http.util.DataChunk",
                    "recycle");
            header.getMethod("setIgnoreContentModifiers", boolean.class).invoke(packet, false);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.FINE, "This is another server", e);
        }
    }

    private static Object catalina(ServletRequest request) throws ReflectiveOperationException {
        ServletRequest own = request;
        while (own instanceof ServletRequestWrapper wrapper) {
            own = wrapper.getRequest();
        }
        return call(own, "org.apache.catalina.connector.RequestFacade", "getUnwrappedCoyoteRequest");
    }

    /** @param writer what Tyrus writes to a WebSocket by */
    public static Optional<ServerConnection> ofWebSocket(Object writer) {
        try {
            Object handler = field(writer, "tyrusHttpUpgradeHandler");
            // by its method: the handler may be a proxy, whose own fields are empty
            Method webConnection = Class.forName(
                            "org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler",
                            false,
                            writer.getClass().getClassLoader())
                    .getDeclaredMethod("getWebConnection");
            webConnection.setAccessible(true);
            return Optional.of(ofCatalina(field(webConnection.invoke(handler), "request")));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.FINE, "This is another server", e);
            return Optional.empty();
        }
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }

    private static ServerConnection ofCatalina(Object request) throws ReflectiveOperationException {
        Object grizzly = call(request, "org.apache.catalina.connector.Request", "getCoyoteRequest");
        Object context = call(grizzly, "org.glassfish.grizzly.http.server.Request", "getContext");
        return new ServerConnection(
                call(context, "org.glassfish.grizzly.filterchain.FilterChainContext", "getConnection"));
    }

    /** By the type that has the method, as the object's own may not be public. */
    private static Object call(Object of, String type, String method, Object... arguments)
            throws ReflectiveOperationException {
        Class<?> known = Class.forName(type, false, of.getClass().getClassLoader());
        Class<?>[] types = arguments.length == 0 ? new Class<?>[0] : new Class<?>[] {int.class};
        return known.getMethod(method, types).invoke(of, arguments);
    }

    private void call(String method, Object... arguments) {
        try {
            call(connection, "org.glassfish.grizzly.Connection", method, arguments);
        } catch (InvocationTargetException e) {
            LOG.log(Level.FINE, "A connection was closed already", e);
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.WARNING, "Connections of this server cannot be bounded", e);
        }
    }

    /** Whom a trusted proxy has named for it by the PROXY protocol. */
    Optional<InetAddress> namedClient() {
        try {
            Object attributes = call(connection, "org.glassfish.grizzly.attributes.AttributeStorage", "getAttributes");
            return Optional.ofNullable((InetAddress) Class.forName(
                            "org.glassfish.grizzly.attributes.AttributeHolder",
                            false,
                            connection.getClass().getClassLoader())
                    .getMethod("getAttribute", String.class)
                    .invoke(attributes, NAMED_CLIENT));
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.WARNING, "Connections of this server cannot be named", e);
            return Optional.empty();
        }
    }

    /** How much may wait in the heap before no more can be written. */
    public void boundUnsent(int bytes) {
        call("setMaxAsyncWriteQueueSize", bytes);
    }

    /** Closes it when what waits is sent. */
    public void close() {
        call("closeSilently");
    }

    /** Ends it, whatever waits to be sent. */
    public void end() {
        call("terminateSilently");
    }
}
