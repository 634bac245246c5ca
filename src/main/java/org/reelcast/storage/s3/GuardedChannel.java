package org.reelcast.storage.s3;

import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Predicate;

/**
 * A TCP connection to public addresses only. The address is looked at as the connection is made, so whatever a name
 * server said before or says later, no other address is ever connected to.
 */
final class GuardedChannel extends NioSocketChannel {
    private final Predicate<InetAddress> allowed;

    GuardedChannel(Predicate<InetAddress> allowed) {
        this.allowed = allowed;
    }

    /** A connection was not made because of where it led. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    @Override
    protected boolean doConnect(SocketAddress remote, SocketAddress local) throws Exception {
        if (!(remote instanceof InetSocketAddress address)
                || address.isUnresolved()
                || !allowed.test(address.getAddress())) {
            throw new RefusedException("not a public address");
        }
        return super.doConnect(remote, local);
    }
}
