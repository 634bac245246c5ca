package org.reelcast.bench.load;

import com.sun.jna.Native;

/**
 * The system calls of Linux that a receiver of many packets wants and Java has not: a burst, or a whole segmented run,
 * taken by one call into memory of our own. Pointers are addresses; errors are negative results.
 */
final class Libc {
    static final int AF_INET = 2;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUF = 8;
    /** Arrival as the kernel saw it, nanoseconds since 1970: how late the receiving process looks plays no part. */
    static final int SO_TIMESTAMPNS = 35;
    static final int SOL_UDP = 17;
    static final int UDP_GRO = 104;
    static final int MSG_DONTWAIT = 0x40;
    static final int EPOLL_CTL_ADD = 1;
    static final int EPOLLIN = 1;

    static {
        Native.register(Libc.class, "c");
    }

    private Libc() {
    }

    static native int socket(int domain, int type, int protocol);

    static native int bind(int fd, long address, int length);

    static native int getsockname(int fd, long address, long length);

    static native int setsockopt(int fd, int level, int name, long value, int length);

    static native int recvmmsg(int fd, long messages, int count, int flags, long timeout);

    static native long sendto(int fd, long bytes, long length, int flags, long address, int addressLength);

    static native int epoll_create1(int flags);

    static native int epoll_ctl(int epoll, int operation, int fd, long event);

    static native int epoll_wait(int epoll, long events, int max, int timeoutMs);

    static native int close(int fd);
}
