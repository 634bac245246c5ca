package org.reelcast.boot;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Gives the heap room enough for some hundred viewers once, and has it grow after that with what lives in it and not
 * with what has been thrown away. By itself G1 wants two fifths of it free whenever it has looked through it, and takes
 * for used what those who came just then have left behind; how large it is before that is a matter of how the start
 * went. Whoever gives Java options of these names is obeyed instead.
 */
final class HeapSize {
    private static final Logger LOG = Logger.getLogger(HeapSize.class.getName());

    /** Percent of the heap that are free: above the first it shrinks, below the second it grows. */
    private static final String SHRINK = "MaxHeapFreeRatio";

    private static final String GROW = "MinHeapFreeRatio";
    /** After the start: five times what lives then, some 280 MB where -Xmx allows it. */
    private static final int ROOM_PERCENT = 80;

    private static final int LEAST_PERCENT = 20;

    private HeapSize() {}

    /**
     * Throws away what the start has left behind, more than half of what is there. Much of it is in the old part of the
     * heap by now, where it would stay until the heap is full, and would leave little room for what viewers need. To be
     * called when the server has started.
     */
    static void tidy() {
        try {
            HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            boolean free = machine != null && isFree(machine.getVMOption(SHRINK)) && isFree(machine.getVMOption(GROW));
            if (free) {
                machine.setVMOption(SHRINK, Integer.toString(ROOM_PERCENT));
                machine.setVMOption(GROW, Integer.toString(ROOM_PERCENT));
            }
            System.gc();
            if (free) {
                machine.setVMOption(GROW, Integer.toString(LEAST_PERCENT));
            }
        } catch (RuntimeException e) {
            // nothing that would be worth a server that has started
            LOG.log(Level.FINE, "The heap grows as it likes", e);
        }
    }

    /** Whether nobody has given Java this option, and it is one that can be changed. */
    private static boolean isFree(VMOption option) {
        return option.getOrigin() == VMOption.Origin.DEFAULT && option.isWriteable();
    }
}
