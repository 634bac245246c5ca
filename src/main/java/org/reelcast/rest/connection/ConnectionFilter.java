package org.reelcast.rest.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpProbe;
import org.reelcast.config.AddressRanges;
import org.reelcast.rest.ServerConnection;
import org.reelcast.sharing.ClientAddresses;

/**
 * Stands between the sockets and TLS: counts the connections of each address, ends those whose requests do not come, and
 * takes what trusted proxies say of their clients. Holds no thread.
 */
final class ConnectionFilter extends BaseFilter {
    private static final Logger LOG = Logger.getLogger(ConnectionFilter.class.getName());
    private static final String ATTRIBUTE = ConnectionFilter.class.getName();

    private final AddressRanges proxies;
    private final ClientAddresses clients;
    private final long headerLimitMs;
    private final LongSupplier nowMs;
    /** Those of which a request is coming. */
    final Set<TcpClient> coming = ConcurrentHashMap.newKeySet();

    /**
     * @param proxies       who may say for whom a connection is
     * @param clients       counts the connections of each address
     * @param headerLimitMs for a request's header, from its first byte on
     */
    ConnectionFilter(AddressRanges proxies, ClientAddresses clients, long headerLimitMs, LongSupplier nowMs) {
        this.proxies = proxies;
        this.clients = clients;
        this.headerLimitMs = headerLimitMs;
        this.nowMs = nowMs;
    }

    private static TcpClient client(Connection<?> connection) {
        return (TcpClient) connection.getAttributes().getAttribute(ATTRIBUTE);
    }

    @Override
    public NextAction handleAccept(FilterChainContext context) {
        Connection<?> connection = context.getConnection();
        if (!(connection.getPeerAddress() instanceof InetSocketAddress socket)) {
            // it is gone already
            connection.terminateSilently();
            return context.getStopAction();
        }
        InetAddress peer = socket.getAddress();
        boolean proxied = proxies.contains(peer);
        TcpClient client = new TcpClient(connection, proxied, nowMs);
        connection.getAttributes().setAttribute(ATTRIBUTE, client);
        return proxied || client.count(clients, peer) ? context.getInvokeAction() : refused(context, client, peer);
    }

    private static NextAction refused(FilterChainContext context, TcpClient client, InetAddress address) {
        LOG.fine(() -> address + " has http_max_connections connections already");
        client.end();
        return context.getStopAction();
    }

    @Override
    public NextAction handleClose(FilterChainContext context) {
        TcpClient client = client(context.getConnection());
        if (client != null) {
            client.leave(clients);
            coming.remove(client);
        }
        return context.getInvokeAction();
    }

    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        TcpClient client = client(context.getConnection());
        if (client == null) {
            return context.getInvokeAction();
        }
        if (client.begins()) {
            coming.add(client);
        }
        return client.awaitsProxy() ? readProxy(context, client) : context.getInvokeAction();
    }

    private NextAction readProxy(FilterChainContext context, TcpClient client) {
        Buffer first = context.getMessage();
        ProxyHeader header = ProxyHeader.read(first.toByteBuffer());
        switch (header.state()) {
            case BEGUN:
                return context.getStopAction(first);
            case BROKEN:
                LOG.warning(
                        () -> context.getConnection().getPeerAddress() + " sent a PROXY header that cannot be read");
                client.end();
                return context.getStopAction();
            case WHOLE:
                client.proxyHasSpoken();
                return named(context, client, header, first);
            default:
                client.proxyHasSpoken();
                return context.getInvokeAction();
        }
    }

    private NextAction named(FilterChainContext context, TcpClient client, ProxyHeader header, Buffer first) {
        if (header.client().isPresent()) {
            InetAddress address = header.client().get();
            context.getConnection().getAttributes().setAttribute(ServerConnection.NAMED_CLIENT, address);
            if (!client.count(clients, address)) {
                return refused(context, client, address);
            }
        }
        // what stands before a buffer's position is parsed all the same
        Buffer rest = first.split(first.position() + header.length());
        first.tryDispose();
        if (!rest.hasRemaining()) {
            return context.getStopAction();
        }
        context.setMessage(rest);
        return context.getInvokeAction();
    }

    /** Ends those whose requests take too long; to be called now and then. */
    void tick() {
        for (TcpClient client : coming) {
            if (client.isSlow(headerLimitMs)) {
                client.end();
            }
            if (client.isOver()) {
                coming.remove(client);
            }
        }
    }

    /** Hears of each header and piece of a body that was read. */
    HttpProbe probe() {
        return new HttpProbe.Adapter() {
            @Override
            public void onHeaderParseEvent(Connection connection, HttpHeader header, int size) {
                read(connection, client -> client.header("websocket".equalsIgnoreCase(header.getUpgrade())));
            }

            @Override
            public void onContentChunkParseEvent(Connection connection, HttpContent content) {
                read(connection, TcpClient::read);
            }
        };
    }

    private void read(Connection<?> connection, Consumer<TcpClient> how) {
        TcpClient client = client(connection);
        if (client != null) {
            how.accept(client);
            coming.remove(client);
        }
    }
}
