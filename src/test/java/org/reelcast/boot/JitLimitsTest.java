package org.reelcast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JitLimitsTest {
    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    /** In a JVM of its own: that of the tests may have no second compiler, and keeps what it is told. */
    @Test
    void compilerTakesTheOrders(@TempDir Path work) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        JitLimitsTest.class.getName(),
                        work.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String orders = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), orders);
            assertTrue(orders.contains("org/glassfish/*.*"), orders);
            assertTrue(orders.contains("org/reelcast/webrtc/sdp/*.*"), orders);
            assertTrue(orders.contains("Exclude:true"), orders);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Gives the orders and prints those that the compilers have. */
    public static void main(String[] arguments) throws Exception {
        JitLimits.apply(Path.of(arguments[0]));
        System.out.println(ManagementFactory.getPlatformMBeanServer()
                .invoke(new ObjectName(COMMANDS), "compilerDirectivesPrint", new Object[0], new String[0]));
    }
}
