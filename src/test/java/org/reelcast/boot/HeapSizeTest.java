package org.reelcast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class HeapSizeTest {

    @Test
    void heapGrowsByNeedAfterTheStart() {
        HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        VMOption grow = machine.getVMOption("MinHeapFreeRatio");
        VMOption shrink = machine.getVMOption("MaxHeapFreeRatio");
        HeapSize.tidy();
        try {
            assertEquals("20", machine.getVMOption("MinHeapFreeRatio").getValue());
            assertEquals("80", machine.getVMOption("MaxHeapFreeRatio").getValue());
        } finally {
            machine.setVMOption("MinHeapFreeRatio", grow.getValue());
            machine.setVMOption("MaxHeapFreeRatio", shrink.getValue());
        }
    }
}
