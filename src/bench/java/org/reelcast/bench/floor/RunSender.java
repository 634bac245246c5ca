package org.reelcast.bench.floor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.reelcast.bench.linux.Libc;
import org.reelcast.bench.linux.NativeMemory;

/** Sends runs: segmented by the kernel, many destinations by one sendmmsg; or packet by packet by sendto. */
final class RunSender {
    private static final int MESSAGES = 64;
    private static final int ROOM = 16 * 1024;
    private static final int HEADER = 64;
    private static final int IOVEC = 16;
    private static final int CONTROL = 24;

    private final boolean segments;
    private final int fd = Libc.socket(Libc.AF_INET, Libc.SOCK_DGRAM, 0);
    private final NativeMemory data = NativeMemory.of(MESSAGES * ROOM);
    private final NativeMemory headers = NativeMemory.of(MESSAGES * (HEADER + IOVEC + CONTROL + NativeMemory.ADDRESS));
    private final int vectors = MESSAGES * HEADER;
    private final int controls = vectors + MESSAGES * IOVEC;
    private final int addresses = controls + MESSAGES * CONTROL;
    private int count;

    RunSender(boolean segments) {
        this.segments = segments;
        NativeMemory address =
                NativeMemory.of(NativeMemory.ADDRESS).put(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ByteBuffer b = headers.bytes();
        for (int i = 0; i < MESSAGES; i++) {
            int at = i * HEADER;
            b.putLong(at, headers.address() + addresses + i * NativeMemory.ADDRESS);
            b.putInt(at + 8, NativeMemory.ADDRESS);
            b.putLong(at + 16, headers.address() + vectors + i * IOVEC).putLong(at + 24, 1);
            b.putLong(vectors + i * IOVEC, data.address() + (long) i * ROOM);
            int control = controls + i * CONTROL;
            b.putLong(control, 18).putInt(control + 8, Libc.SOL_UDP).putInt(control + 12, Libc.UDP_SEGMENT);
            b.put(addresses + i * NativeMemory.ADDRESS, address.bytes(), 0, NativeMemory.ADDRESS);
        }
    }

    void add(byte[] run, int length, int segment, int port) {
        ByteBuffer b = headers.bytes();
        data.bytes().put(count * ROOM, run, 0, length);
        int address = addresses + count * NativeMemory.ADDRESS;
        b.put(address + 2, (byte) (port >> 8)).put(address + 3, (byte) port);
        if (!segments) {
            for (int at = 0; at < length; at += segment) {
                Libc.sendto(
                        fd,
                        data.address() + (long) count * ROOM + at,
                        Math.min(segment, length - at),
                        0,
                        headers.address() + address,
                        NativeMemory.ADDRESS);
            }
            return;
        }
        b.putLong(vectors + count * IOVEC + 8, length);
        boolean several = length > segment;
        b.putLong(count * HEADER + 32, several ? headers.address() + controls + count * CONTROL : 0);
        b.putLong(count * HEADER + 40, several ? CONTROL : 0);
        b.putShort(controls + count * CONTROL + 16, (short) segment);
        if (++count == MESSAGES) {
            flush();
        }
    }

    void flush() {
        for (int sent = 0; sent < count; ) {
            int more = Libc.sendmmsg(fd, headers.address() + (long) sent * HEADER, count - sent, 0);
            if (more <= 0) {
                throw new IllegalStateException("The kernel refuses to send segmented datagrams");
            }
            sent += more;
        }
        count = 0;
    }
}
