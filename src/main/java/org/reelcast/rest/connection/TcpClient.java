package org.reelcast.rest.connection;

import java.net.InetAddress;
import java.util.function.LongSupplier;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http2.Http2Session;
import org.reelcast.sharing.ClientAddresses;

/** One connection: whose it is, and since when a request of it is coming. */
final class TcpClient {
    /** Nothing is coming. */
    private static final long NONE = Long.MIN_VALUE;

    private final Connection<?> connection;
    private final LongSupplier nowMs;
    /** Null while it is not counted. */
    private String counted;
    /** Whether the next that comes may be what a proxy says of it. */
    private boolean awaitsProxy;

    private volatile long sinceMs = NONE;
    private volatile boolean otherProtocol;

    TcpClient(Connection<?> connection, boolean awaitsProxy, LongSupplier nowMs) {
        this.connection = connection;
        this.awaitsProxy = awaitsProxy;
        this.nowMs = nowMs;
    }

    /** @return false when there are enough of that address: then it is to be closed */
    boolean count(ClientAddresses clients, InetAddress address) {
        String remote = address.getHostAddress();
        if (!clients.enter(remote)) {
            return false;
        }
        counted = remote;
        return true;
    }

    /** It is closed. */
    void leave(ClientAddresses clients) {
        if (counted != null) {
            clients.leave(counted);
            counted = null;
        }
    }

    boolean awaitsProxy() {
        return awaitsProxy;
    }

    void proxyHasSpoken() {
        awaitsProxy = false;
    }

    /** Bytes have come. @return whether a request begins by them, as far as can be told */
    boolean begins() {
        if (otherProtocol || sinceMs != NONE) {
            return false;
        }
        sinceMs = nowMs.getAsLong();
        return true;
    }

    /** A header is here. @param upgrade whether no further request may follow */
    void header(boolean upgrade) {
        otherProtocol = upgrade;
        read();
    }

    /** What was coming is here: a header, or a piece of a body. */
    void read() {
        sinceMs = NONE;
    }

    /** Whether a request has been coming for longer than that. Frames of HTTP/2 are counted by that itself. */
    boolean isSlow(long limitMs) {
        long since = sinceMs;
        if (since == NONE || nowMs.getAsLong() - since <= limitMs) {
            return false;
        }
        otherProtocol |= Http2Session.get(connection) != null;
        return !otherProtocol;
    }

    boolean isOver() {
        return sinceMs == NONE || otherProtocol || !connection.isOpen();
    }

    void end() {
        connection.terminateSilently();
    }
}
