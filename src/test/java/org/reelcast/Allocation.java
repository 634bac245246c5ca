package org.reelcast;

import java.lang.management.ManagementFactory;

/** How much memory a task takes from the heap, whether it keeps it or not; says the same on a fast and a slow machine. */
public final class Allocation {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int RUNS = 3;

    private Allocation() {}

    /** The bytes that {@code task} allocates on this thread. */
    public static long of(Runnable task) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        task.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /**
     * Fails when {@code task} allocates more than a fixed part and so much for each byte of its input: then somebody
     * could choose an input that fills the heap. What is loaded at its first run is none of its own.
     */
    public static void assertLinear(int inputBytes, long fixedBytes, int bytesForEach, Runnable task) {
        long limit = fixedBytes + (long) bytesForEach * inputBytes;
        long allocated = Long.MAX_VALUE;
        for (int run = 0; run < RUNS && allocated > limit; run++) {
            allocated = of(task);
        }
        if (allocated > limit) {
            throw new AssertionError(inputBytes + " bytes of input allocate " + allocated + ", more than " + limit);
        }
    }
}
