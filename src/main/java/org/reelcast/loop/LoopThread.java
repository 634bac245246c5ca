package org.reelcast.loop;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Logger;

/** The thread of a loop: epoll on Linux, NIO elsewhere. */
record LoopThread(EventLoop eventLoop, boolean isEpoll) {
    private static final Logger LOG = Logger.getLogger(LoopThread.class.getName());
    private static final boolean EPOLL = epoll();

    /** @param name of the thread */
    static LoopThread best(String name) {
        return EPOLL ? of(new EpollEventLoopGroup(1, threads(name)), true) : nio(name);
    }

    /** What runs everywhere. */
    static LoopThread nio(String name) {
        return of(new NioEventLoopGroup(1, threads(name)), false);
    }

    private static LoopThread of(EventLoopGroup group, boolean epoll) {
        return new LoopThread(group.next(), epoll);
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
}
