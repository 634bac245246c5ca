package org.reelcast.bench.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory outside the heap with its address, for {@link Libc}. */
public record NativeMemory(ByteBuffer bytes, long address) {
    /** {@code struct sockaddr_in}. */
    public static final int ADDRESS = 16;

    /** Zeroed, in the machine's byte order. */
    public static NativeMemory of(int size) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        return new NativeMemory(bytes, Pointer.nativeValue(Native.getDirectBufferPointer(bytes)));
    }

    /** Writes an IPv4 address at the start. */
    public NativeMemory put(InetSocketAddress to) {
        bytes.putShort(0, (short) Libc.AF_INET);
        bytes.put(2, (byte) (to.getPort() >> 8)).put(3, (byte) to.getPort());
        byte[] ip = to.getAddress().getAddress();
        for (int i = 0; i < 4; i++) {
            bytes.put(4 + i, ip[i]);
        }
        return this;
    }
}
