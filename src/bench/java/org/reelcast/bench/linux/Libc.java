package org.reelcast.bench.linux;

import com.sun.jna.Native;

/**
 * The system calls of Linux that a receiver of many packets wants and Java has not: a burst, or a whole segmented run,
 * taken by one call into memory of our own. Pointers are addresses; errors are negative results.
 */
public final class Libc {
    public static final int AF_INET = 2;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_NONBLOCK = 0x800;
    public static final int SOL_SOCKET = 1;
    public static final int SO_RCVBUF = 8;
    /** Arrival as the kernel saw it, nanoseconds since 1970: how late the receiving process looks plays no part. */
    public static final int SO_TIMESTAMPNS = 35;

    public static final int SOL_UDP = 17;
    public static final int UDP_SEGMENT = 103;
    public static final int UDP_GRO = 104;
    public static final int MSG_DONTWAIT = 0x40;
    public static final int EPOLL_CTL_ADD = 1;
    public static final int EPOLLIN = 1;

    static {
        Native.register(Libc.class, "c");
    }

    private Libc() {}

    public static native int socket(int domain, int type, int protocol);

    public static native int bind(int fd, long address, int length);

    public static native int getsockname(int fd, long address, long length);

    public static native int setsockopt(int fd, int level, int name, long value, int length);

    public static native int recvmmsg(int fd, long messages, int count, int flags, long timeout);

    public static native int sendmmsg(int fd, long messages, int count, int flags);

    public static native long sendto(int fd, long bytes, long length, int flags, long address, int addressLength);

    public static native int epoll_create1(int flags);

    public static native int epoll_ctl(int epoll, int operation, int fd, long event);

    public static native int epoll_wait(int epoll, long events, int max, int timeoutMs);

    public static native int close(int fd);
}
