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
    private final boolean epoll;

    private LoopTransport(EventLoopGroup group, boolean epoll) {
        this.group = group;
        this.epoll = epoll;
    }

    /** @param name of the thread */
    static LoopTransport best(String name) {
        return EPOLL ? new LoopTransport(new EpollEventLoopGroup(1, threads(name)), true) : nio(name);
    }

    /** What runs everywhere. */
    static LoopTransport nio(String name) {
        return new LoopTransport(new NioEventLoopGroup(1, threads(name)), false);
    }

    private static ThreadFactory threads(String name) {
        return new DefaultThreadFactory(name, true, Thread.NORM_PRIORITY + 1);
    }

    private static boolean epoll() {
        boolean available = Epoll.isAvailable();
        if (!available && System.getProperty("os.name").equals("Linux")) {
            LOG.info("Sending media by NIO, as epoll is not to be had: " + Epoll.unavailabilityCause());
        }
        return available;
    }

    boolean isEpoll() {
        return epoll;
    }

    EventLoop eventLoop() {
        return group.next();
    }

    DatagramChannel channel() {
        return epoll ? new EpollDatagramChannel() : new NioDatagramChannel();
    }

    boolean segments() {
        return epoll && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    }
}
