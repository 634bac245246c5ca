package org.reelcast.loop;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells whether so much of the heap is in lasting use that another viewer could cost those in place their memory. Looks
 * at what the old generation holds after garbage was collected, so that garbage does not pass for use.
 */
@AnyThread
public final class HeapGauge {
    /** So much below the limit, in percent of the heap, there is room again. */
    private static final int MARGIN = 5;
    /**
     * G1 collects the old generation beside the application, from less than half of the heap on, and what it holds is
     * brought up to date by each collection; its collection usage, though, would only be so by mixed and full ones, of
     * which there may be none for hours.
     */
    private static final String CONCURRENT = "G1 Old Gen";

    /** What a viewer of a film of its own keeps, about; counted at once, before a collection shows it. */
    private static final long VIEWER_BYTES = 128 << 10;
    /** So long at least those who came are counted that way, and twice that at most. */
    private static final long SETTLING_NANOS = 2_000_000_000;

    private final int limitPercent;
    private final Supplier<MemoryUsage> lasting;
    private final LongSupplier nanoTime;
    private boolean full;
    private long windowNanos;
    private int came;
    private int cameBefore;

    /**
     * @param limitPercent share of the old generation; 0 = there is always room
     * @param lasting      what it holds after garbage was collected
     */
    HeapGauge(int limitPercent, Supplier<MemoryUsage> lasting, LongSupplier nanoTime) {
        this.limitPercent = limitPercent;
        this.lasting = lasting;
        this.nanoTime = nanoTime;
        this.windowNanos = nanoTime.getAsLong();
    }

    /** Of this process. @param limitPercent share of the heap that may be in lasting use; 0 = there is always room */
    public static HeapGauge ofThisProcess(int limitPercent) {
        // the largest one that says what a collection leaves: the old generation, or all where there is but one
        Optional<MemoryPoolMXBean> old = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP
                        && pool.isUsageThresholdSupported()
                        && pool.getCollectionUsage() != null)
                .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()));
        return old.map(pool -> new HeapGauge(
                        limitPercent,
                        pool.getName().equals(CONCURRENT) ? pool::getUsage : pool::getCollectionUsage,
                        System::nanoTime))
                .orElseGet(() -> new HeapGauge(0, () -> null, System::nanoTime));
    }

    /** Why there is no room for another viewer, a sentence for the log; empty when there is, and then one comes. */
    public synchronized Optional<String> shortage() {
        if (limitPercent == 0) {
            return Optional.empty();
        }
        MemoryUsage usage = lasting.get();
        if (usage == null || usage.getMax() <= 0) {
            return Optional.empty();
        }
        forgetOlder();
        long expected = usage.getUsed() + (cameBefore + came) * VIEWER_BYTES;
        full = expected * 100 / usage.getMax() >= (full ? limitPercent - MARGIN : limitPercent);
        if (!full) {
            came++;
            return Optional.empty();
        }
        return Optional.of("of the heap's " + (usage.getMax() >> 20) + " MB " + usage.getUsed() * 100 / usage.getMax()
                + " % are in use after garbage collection, viewers who have just come: " + (cameBefore + came)
                + "; a larger -Xmx makes room");
    }

    private void forgetOlder() {
        long passed = nanoTime.getAsLong() - windowNanos;
        if (passed >= SETTLING_NANOS) {
            cameBefore = passed < 2 * SETTLING_NANOS ? came : 0;
            came = 0;
            windowNanos += passed;
        }
    }
}
