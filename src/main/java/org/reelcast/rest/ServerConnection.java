package org.reelcast.rest;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
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

    private final Object connection;

    private ServerConnection(Object connection) {
        this.connection = connection;
    }

    public static Optional<ServerConnection> of(ServletRequest request) {
        ServletRequest own = request;
        while (own instanceof ServletRequestWrapper wrapper) {
            own = wrapper.getRequest();
        }
        try {
            return Optional.of(ofCatalina(
                    call(own, "org.apache.catalina.connector.RequestFacade", "getUnwrappedCoyoteRequest")));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.FINE, "This is another server", e);
            return Optional.empty();
        }
    }

    /** @param writer what Tyrus writes to a WebSocket by */
    public static Optional<ServerConnection> ofWebSocket(Object writer) {
        try {
            Object handler = field(writer, "tyrusHttpUpgradeHandler");
            // by its method: the handler may be a proxy, whose own fields are empty
            Method webConnection = Class.forName("org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler", false,
                    writer.getClass().getClassLoader()).getDeclaredMethod("getWebConnection");
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

    /** How much may wait in the heap before no more can be written. */
    public void boundUnsent(int bytes) {
        call("setMaxAsyncWriteQueueSize", bytes);
    }

    /** Ends it, whatever waits to be sent. */
    public void end() {
        call("terminateSilently");
    }
}
