package org.reelcast.bench.load;

import java.nio.ByteBuffer;
import org.reelcast.bench.linux.Libc;
import org.reelcast.bench.linux.NativeMemory;

/**
 * What one {@code recvmmsg} takes from a socket: with UDP_GRO a few segmented runs of up to 64 KB, without it many
 * datagrams. One a thread; nothing is allocated after it was made.
 */
final class Burst {
    private static final int HEADER = 64;
    private static final int IOVEC = 16;
    private static final int CONTROL = 128;
    private static final int CMSG_HEADER = 16;
    private static final int NAME_LENGTH_AT = 8;
    private static final int CONTROL_LENGTH_AT = 40;
    private static final int MESSAGE_LENGTH_AT = 56;

    private final int messages;
    private final int size;
    private final NativeMemory headers;
    private final NativeMemory data;
    private final NativeMemory control;

    /** @param runs whether sockets give segmented runs */
    Burst(boolean runs) {
        messages = runs ? 8 : 64;
        size = runs ? 65_536 : 2048;
        headers = NativeMemory.of(messages * (HEADER + IOVEC));
        data = NativeMemory.of(messages * size);
        control = NativeMemory.of(messages * CONTROL);
        ByteBuffer b = headers.bytes();
        for (int i = 0; i < messages; i++) {
            int vector = messages * HEADER + i * IOVEC;
            b.putLong(vector, data.address() + (long) i * size).putLong(vector + 8, size);
            int at = i * HEADER;
            b.putLong(at + 16, headers.address() + vector).putLong(at + 24, 1);
            b.putLong(at + 32, control.address() + (long) i * CONTROL);
        }
    }

    /** Takes what lies there, as long as there is any. @return datagrams */
    int take(int fd, DatagramTaker taker) {
        int datagrams = 0;
        int got;
        do {
            for (int i = 0; i < messages; i++) {
                headers.bytes().putInt(i * HEADER + NAME_LENGTH_AT, 0).putLong(i * HEADER + CONTROL_LENGTH_AT, CONTROL);
            }
            got = Libc.recvmmsg(fd, headers.address(), messages, Libc.MSG_DONTWAIT, 0);
            for (int i = 0; i < got; i++) {
                datagrams += message(i, taker);
            }
        } while (got == messages);
        return datagrams;
    }

    private int message(int i, DatagramTaker taker) {
        ByteBuffer c = control.bytes();
        int length = headers.bytes().getInt(i * HEADER + MESSAGE_LENGTH_AT);
        long end = i * (long) CONTROL + headers.bytes().getLong(i * HEADER + CONTROL_LENGTH_AT);
        int segment = length;
        long timeUs = 0;
        for (int at = i * CONTROL; at + CMSG_HEADER <= end; at += (int) c.getLong(at) + 7 & ~7) {
            int level = c.getInt(at + 8);
            int type = c.getInt(at + 12);
            if (level == Libc.SOL_UDP && type == Libc.UDP_GRO) {
                segment = c.getInt(at + CMSG_HEADER);
            } else if (level == Libc.SOL_SOCKET && type == Libc.SO_TIMESTAMPNS) {
                timeUs = c.getLong(at + CMSG_HEADER) * 1_000_000 + c.getLong(at + CMSG_HEADER + 8) / 1000;
            }
        }
        int datagrams = 0;
        for (int at = 0; at < length; at += segment) {
            taker.datagram(data.bytes(), i * size + at, Math.min(segment, length - at), timeUs);
            datagrams++;
        }
        return datagrams;
    }
}
