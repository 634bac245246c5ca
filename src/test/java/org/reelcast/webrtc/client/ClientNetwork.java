package org.reelcast.webrtc.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.Closeable;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.reelcast.webrtc.dtls.DtlsCertificate;
import org.reelcast.webrtc.dtls.DtlsOptions;
import org.reelcast.webrtc.dtls.DtlsPool;
import org.reelcast.webrtc.srtp.SrtpProfile;

/**
 * What many light clients of one process share: few threads, one certificate. Each client has a socket of its own, as a
 * server tells viewers apart by their address.
 */
public final class ClientNetwork implements Closeable {
    private final EventLoopGroup group;
    private final DtlsPool pool = new DtlsPool(64);
    private final DtlsOptions dtls;

    /** @param profiles the SRTP protection profiles that the clients offer, best first */
    public ClientNetwork(int threads, List<Integer> profiles) {
        SecureRandom random = new SecureRandom();
        DefaultThreadFactory factory = new DefaultThreadFactory("light-client", true);
        group = Epoll.isAvailable()
                ? new EpollEventLoopGroup(threads, factory)
                : new NioEventLoopGroup(threads, factory);
        dtls = new DtlsOptions(
                DtlsCertificate.create(random),
                random,
                profiles,
                profile -> SrtpProfile.of(profile).materialLength(),
                10_000,
                50);
    }

    DtlsOptions dtls() {
        return dtls;
    }

    DtlsPool pool() {
        return pool;
    }

    /** A socket on any free port of the loopback. */
    Channel socket(ChannelHandler handler) {
        return new Bootstrap()
                .group(group)
                .channelFactory(() -> Epoll.isAvailable() ? new EpollDatagramChannel() : new NioDatagramChannel())
                .option(ChannelOption.SO_RCVBUF, 4 << 20)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(2048))
                .handler(handler)
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    @Override
    public void close() {
        pool.close();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5000);
    }
}
