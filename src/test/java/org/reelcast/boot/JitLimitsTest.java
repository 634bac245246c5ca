package org.reelcast.boot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JitLimitsTest {
    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    @Test
    void compilerTakesTheOrders(@TempDir Path work) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        JitLimits.apply(work);
        try {
            String orders = command(beans, "compilerDirectivesPrint");
            assertTrue(orders.contains("org/glassfish/*.*"), orders);
            assertTrue(orders.contains("org/reelcast/webrtc/sdp/*.*"), orders);
            assertTrue(orders.contains("Exclude:true"), orders);
        } finally {
            // the last that were added
            command(beans, "compilerDirectivesRemove");
        }
    }

    private static String command(MBeanServer beans, String name) throws Exception {
        return (String) beans.invoke(new ObjectName(COMMANDS), name, new Object[0], new String[0]);
    }
}
