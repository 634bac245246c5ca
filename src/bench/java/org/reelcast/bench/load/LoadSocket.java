package org.reelcast.bench.load;

import java.net.InetSocketAddress;
import org.reelcast.bench.linux.Libc;
import org.reelcast.bench.linux.NativeMemory;

/** One viewer's UDP socket. Sends from any thread; received from and closed on the loop's. */
final class LoadSocket {
    private static final int MAX_DATAGRAM = 2048;

    private final int fd;
    private final LoadLoop.Owner owner;
    private NativeMemory out;
    private boolean closed;

    LoadSocket(int fd, LoadLoop.Owner owner) {
        this.fd = fd;
        this.owner = owner;
    }

    /** The port that the kernel gave it. */
    int port() {
        NativeMemory memory = NativeMemory.of(2 * NativeMemory.ADDRESS);
        memory.bytes().putInt(NativeMemory.ADDRESS, NativeMemory.ADDRESS);
        if (Libc.getsockname(fd, memory.address(), memory.address() + NativeMemory.ADDRESS) < 0) {
            throw new IllegalStateException("A socket without a name");
        }
        return (memory.bytes().get(2) & 0xFF) << 8 | memory.bytes().get(3) & 0xFF;
    }

    int fd() {
        return fd;
    }

    LoadLoop.Owner owner() {
        return owner;
    }

    synchronized void send(byte[] datagram, int length, InetSocketAddress to) {
        if (closed || length > MAX_DATAGRAM) {
            return;
        }
        if (out == null) {
            out = NativeMemory.of(NativeMemory.ADDRESS + MAX_DATAGRAM);
        }
        out.put(to).bytes().put(NativeMemory.ADDRESS, datagram, 0, length);
        Libc.sendto(
                fd,
                out.address() + NativeMemory.ADDRESS,
                length,
                Libc.MSG_DONTWAIT,
                out.address(),
                NativeMemory.ADDRESS);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void close() {
        if (!closed) {
            closed = true;
            Libc.close(fd);
        }
    }
}
