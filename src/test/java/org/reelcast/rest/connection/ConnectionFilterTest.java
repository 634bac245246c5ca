package org.reelcast.rest.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.KeepAlive;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reelcast.config.AddressRanges;
import org.reelcast.rest.ServerConnection;
import org.reelcast.sharing.ClientAddresses;

/** At a server of Grizzly's that answers each whole request by the client whom it takes it for. */
class ConnectionFilterTest {
    private static final int LIMIT_MS = 10_000;
    private static final int MOST = 3;
    private static final String NAMED = "PROXY TCP4 198.51.100.1 203.0.113.7 56324 80\r\n";
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final List<String> METHODS = List.of("GET", "POST");
    private static final int PATIENCE_MS = 10_000;

    private final AtomicLong nowMs = new AtomicLong(1);
    private final ClientAddresses clients = new ClientAddresses(MOST);
    private final List<Socket> sockets = new ArrayList<>();
    private ConnectionFilter filter;
    private TCPNIOTransport transport;
    private int port;

    /** Grizzly has no other way to make one than those that it means to change. */
    @SuppressWarnings("deprecation")
    private void open() throws IOException {
        HttpServerFilter http = new HttpServerFilter(true, 8192, null, new KeepAlive(), null, 100, 100);
        transport = TCPNIOTransportBuilder.newInstance().build();
        transport.setProcessor(FilterChainBuilder.stateless()
                .add(new TransportFilter())
                .add(http)
                .add(new Answers())
                .build());
        port = ((InetSocketAddress) transport
                        .bind(InetAddress.getLoopbackAddress().getHostAddress(), 0)
                        .getLocalAddress())
                .getPort();
        transport.start();
    }

    private void serve(String proxies) throws Exception {
        open();
        count(proxies);
    }

    private void count(String proxies) throws Exception {
        filter = new ConnectionFilter(AddressRanges.parse(proxies), clients, LIMIT_MS, nowMs::get);
        OwnTransports.put(filter, transport);
    }

    /** Of whole requests alone. */
    private static final class Answers extends BaseFilter {
        /** Of another protocol, whose request never ends. */
        private final Set<Object> answered = ConcurrentHashMap.newKeySet();

        @Override
        public NextAction handleRead(FilterChainContext context) {
            HttpContent content = context.getMessage();
            boolean upgrade = content.getHttpHeader().isUpgrade();
            if (upgrade ? answered.add(content.getHttpHeader()) : content.isLast()) {
                Object named = context.getConnection().getAttributes().getAttribute(ServerConnection.NAMED_CLIENT);
                HttpRequestPacket request = (HttpRequestPacket) content.getHttpHeader();
                String client = named == null ? "nobody" : ((InetAddress) named).getHostAddress();
                String text = METHODS.contains(request.getMethod().getMethodString()) ? client : "no method";
                context.write(HttpContent.builder(request.getResponse())
                        .content(Buffers.wrap(context.getMemoryManager(), text))
                        .last(true)
                        .build());
            }
            return context.getStopAction();
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        transport.shutdownNow();
    }

    private Socket connect(String... pieces) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        sockets.add(socket);
        for (String piece : pieces) {
            send(socket, piece);
        }
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What comes up to that word; empty when the connection is closed. */
    private static String read(Socket socket, String last) throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            while (text.indexOf(last) < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    return "";
                }
                text.append((char) next);
            }
        } catch (SocketException reset) {
            return "";
        }
        return text.toString();
    }

    private static void assertNames(String client, Socket socket) throws IOException {
        assertTrue(read(socket, client).startsWith("HTTP/1.1 200"), client);
    }

    private static void assertClosed(Socket socket) throws IOException {
        assertEquals("", read(socket, "\n\n"));
    }

    @Test
    void trustedProxyNamesItsClient_inPiecesOrWithTheRequest() throws Exception {
        serve("127.0.0.1");
        assertNames("198.51.100.1", connect(NAMED + REQUEST));
        assertNames("198.51.100.1", connect("PRO", NAMED.substring(3, 20), NAMED.substring(20), REQUEST));
        assertNames("nobody", connect(REQUEST));
        assertNames("nobody", connect("PROXY UNKNOWN\r\n" + REQUEST));
        Socket second = connect(NAMED + REQUEST);
        assertNames("198.51.100.1", second);
        send(second, REQUEST);
        assertNames("198.51.100.1", second);
    }

    /** Who asks while the server starts, whether it is ready mostly. */
    @Test
    void connectionsThatWereOpenBefore_goOn() throws Exception {
        open();
        Socket early = connect(REQUEST);
        assertNames("nobody", early);
        send(early, REQUEST.substring(0, 10));
        count("127.0.0.1");
        send(early, REQUEST.substring(10));
        assertNames("nobody", early);
        send(early, REQUEST.replace("\r\n\r\n", "\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"));
        assertNames("nobody", early);
        assertNames("198.51.100.1", connect(NAMED + REQUEST));
        assertEquals(1, clients.count());
    }

    @Test
    void whoIsNoTrustedProxy_namesNobody() throws Exception {
        serve("10.0.0.0/8");
        assertFalse(read(connect(NAMED + REQUEST), "\r\n").startsWith("HTTP/1.1 200"));
    }

    @Test
    void brokenHeader_closesTheConnection() throws Exception {
        serve("127.0.0.1");
        assertClosed(connect("PROXY TCP4 nobody 203.0.113.7 56324 80\r\n" + REQUEST));
    }

    @Test
    void connectionsOfOneAddress_areBounded_andGivenBack() throws Exception {
        serve("127.0.0.1");
        List<Socket> first = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            first.add(connect(NAMED + REQUEST));
            assertNames("198.51.100.1", first.get(i));
        }
        assertClosed(connect(NAMED + REQUEST));
        assertNames("198.51.100.2", connect(NAMED.replace("100.1", "100.2") + REQUEST));
        first.get(0).close();
        await(MOST, clients::count);
        assertNames("198.51.100.1", connect(NAMED + REQUEST));
    }

    private static void await(int count, IntSupplier counted) {
        long end = System.nanoTime() + PATIENCE_MS * 1_000_000L;
        while (counted.getAsInt() != count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(count, counted.getAsInt());
    }

    @Test
    void headerThatDoesNotCome_isNotWaitedForWithoutEnd() throws Exception {
        serve("127.0.0.1");
        Socket slow = connect(REQUEST);
        assertNames("nobody", slow);
        send(slow, "GET / HTTP/1.1\r\nX:");
        Socket idle = connect(REQUEST);
        assertNames("nobody", idle);
        Socket silentProxy = connect("PROXY TCP4 198.51");
        await(2, filter.coming::size);
        nowMs.addAndGet(LIMIT_MS / 2);
        send(slow, "1");
        filter.tick();
        nowMs.addAndGet(LIMIT_MS / 2 + 1);
        filter.tick();
        assertClosed(slow);
        assertClosed(silentProxy);
        send(idle, REQUEST);
        assertNames("nobody", idle);
    }

    @Test
    void bodyThatDoesNotCome_isWaitedForByOthers() throws Exception {
        serve("127.0.0.1");
        Socket body = connect("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n", "12");
        assertNames("nobody", connect(REQUEST));
        nowMs.addAndGet(2 * LIMIT_MS);
        await(0, filter.coming::size);
        filter.tick();
        send(body, "34");
        assertNames("nobody", body);
    }

    @Test
    void webSocket_maySendAsSlowlyAsItLikes() throws Exception {
        serve("127.0.0.1");
        Socket socket = connect("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
        assertNames("nobody", socket);
        send(socket, "G");
        assertNames("nobody", connect(REQUEST));
        await(0, filter.coming::size);
        nowMs.addAndGet(2 * LIMIT_MS);
        filter.tick();
        socket.setSoTimeout(200);
        assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
    }
}
