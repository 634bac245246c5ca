package org.reelcast.codec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.LongBuffer;
import org.lwjgl.system.APIUtil;
import org.lwjgl.system.JNI;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/** What this process has of the C library's heap, where all that FFmpeg and the encoders allocate lies. */
public final class NativeHeap {
    /** The compiler of the JVM allocates there, too. */
    private static final long NOISE = 6L << 20;

    private static final long LIMIT_NS = 20_000_000_000L;
    private static final long LOOK_MS = 100;
    /** Fields of {@code struct mallinfo2} of glibc. */
    private static final int FIELDS = 10;

    private static final int MAPPED = 4;
    private static final int USED = 7;

    private NativeHeap() {}

    /** Bytes that are allocated and not freed; 0 where the C library does not tell. */
    public static long bytes() {
        if (!System.getProperty("os.arch").equals("amd64")) {
            return 0;
        }
        long function;
        try {
            function = APIUtil.apiCreateLibrary("libc.so.6").getFunctionAddress("mallinfo2");
        } catch (UnsatisfiedLinkError e) {
            return 0;
        }
        if (function == 0) {
            return 0;
        }
        try (MemoryStack stack = MemoryStack.stackPush()) {
            // a struct that is returned is written where a hidden first argument says
            LongBuffer info = stack.callocLong(FIELDS);
            JNI.invokePV(MemoryUtil.memAddress(info), function);
            return info.get(MAPPED) + info.get(USED);
        }
    }

    /** Not more than so many bytes, and what the JVM itself takes; its compiler gives back what it took for a while. */
    public static void assertNoMoreThan(long before) throws InterruptedException {
        long end = System.nanoTime() + LIMIT_NS;
        while (bytes() - before >= NOISE && System.nanoTime() < end) {
            Thread.sleep(LOOK_MS);
        }
        long more = bytes() - before;
        assertTrue(more < NOISE, (more >> 10) + " KB more are allocated than before");
    }
}
