package org.reelcast.bitstream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Big-endian integers at a place in a byte array, as network protocols and MP4 boxes store them. The caller has checked
 * that they fit. A read or a write is one machine instruction once it is compiled: the packet paths use nothing else.
 */
public final class BigEndian {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    public static int u8(byte[] b, int at) {
        return b[at] & 0xff;
    }

    public static int u16(byte[] b, int at) {
        return (short) SHORTS.get(b, at) & 0xffff;
    }

    public static int u24(byte[] b, int at) {
        return u8(b, at) << 16 | u16(b, at + 1);
    }

    /** All 32 bits; compare SSRCs and timestamps as they are. */
    public static int i32(byte[] b, int at) {
        return (int) INTS.get(b, at);
    }

    public static long u32(byte[] b, int at) {
        return i32(b, at) & 0xffffffffL;
    }

    public static long i64(byte[] b, int at) {
        return (long) LONGS.get(b, at);
    }

    public static void put16(byte[] b, int at, int value) {
        SHORTS.set(b, at, (short) value);
    }

    public static void put32(byte[] b, int at, int value) {
        INTS.set(b, at, value);
    }

    public static void put64(byte[] b, int at, long value) {
        LONGS.set(b, at, value);
    }
}
