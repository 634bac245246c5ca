package org.reelcast.webrtc.udp;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.Closeable;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/** The thread of a loop and the kind of socket that fits it: epoll on Linux, NIO elsewhere. */
final class LoopTransport implements Closeable {
    private static final Logger LOG = Logger.getLogger(LoopTransport.class.getName());
    private static final boolean EPOLL = epoll();

    private final EventLoopGroup group;

    private LoopTransport(EventLoopGroup group) {
        this.group = group;
    }

    static LoopTransport open(String name) {
        ThreadFactory threads = new DefaultThreadFactory(name, true, Thread.NORM_PRIORITY + 1);
        return new LoopTransport(EPOLL ? new EpollEventLoopGroup(1, threads) : new NioEventLoopGroup(1, threads));
    }

    private static boolean epoll() {
        boolean available = Epoll.isAvailable();
        if (!available && System.getProperty("os.name").equals("Linux")) {
            LOG.info("Sending media by NIO, as epoll is not to be had: " + Epoll.unavailabilityCause());
        }
        return available;
    }

    boolean isEpoll() {
        return EPOLL;
    }

    EventLoop eventLoop() {
        return group.next();
    }

    DatagramChannel channel() {
        return EPOLL ? new EpollDatagramChannel() : new NioDatagramChannel();
    }

    boolean segments() {
        return EPOLL && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    }
}
