package org.reelcast.viewer;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells whether so much of the heap is in lasting use that another viewer could cost those in place their memory. Looks at
 * what the old generation holds after garbage was collected, so that garbage does not pass for use. Any thread.
 */
public final class HeapGauge {
    /** So much below the limit, in percent of the heap, there is room again. */
    private static final int MARGIN = 5;
    /**
     * G1 collects the old generation beside the application, from less than half of the heap on, and what it holds is
     * brought up to date by each collection; its collection usage, though, would only be so by mixed and full ones, of
     * which there may be none for hours.
     */
    private static final String CONCURRENT = "G1 Old Gen";

    private final int limitPercent;
    private final Supplier<MemoryUsage> lasting;
    private boolean full;

    /**
     * @param limitPercent share of the old generation; 0 = there is always room
     * @param lasting      what it holds after garbage was collected
     */
    HeapGauge(int limitPercent, Supplier<MemoryUsage> lasting) {
        this.limitPercent = limitPercent;
        this.lasting = lasting;
    }

    /** Of this process. @param limitPercent share of the heap that may be in lasting use; 0 = there is always room */
    public static HeapGauge ofThisProcess(int limitPercent) {
        // the largest one that says what a collection leaves: the old generation, or all of the heap where there is but one
        Optional<MemoryPoolMXBean> old = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported()
                        && pool.getCollectionUsage() != null)
                .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()));
        return old.map(pool -> new HeapGauge(limitPercent,
                pool.getName().equals(CONCURRENT) ? pool::getUsage : pool::getCollectionUsage))
                .orElseGet(() -> new HeapGauge(0, () -> null));
    }

    /** Why there is no room for another viewer, a sentence for the log; empty when there is. */
    public synchronized Optional<String> shortage() {
        if (limitPercent == 0) {
            return Optional.empty();
        }
        MemoryUsage usage = lasting.get();
        if (usage == null || usage.getMax() <= 0) {
            return Optional.empty();
        }
        long percent = usage.getUsed() * 100 / usage.getMax();
        full = percent >= (full ? limitPercent - MARGIN : limitPercent);
        return full ? Optional.of("of the heap's " + (usage.getMax() >> 20) + " MB " + percent
                + " % are in use after garbage collection; a larger -Xmx makes room") : Optional.empty();
    }
}
