package org.reelcast.bench.run;

import java.util.Map;
import org.reelcast.bench.linux.ProcFs;

/** Waits until a server's JIT compiler has done its work: a server runs for days, its first minute is not its cost. */
final class Warmth {
    /** Of a core. */
    private static final double QUIET = 0.03;

    private static final double STEP_S = 2;

    private Warmth() {}

    /** Returns when the compiler's threads are quiet, or after so many seconds. */
    static void await(Server server, double limitSeconds) {
        double before = compiling(server);
        for (double waited = 0; waited < limitSeconds; waited += STEP_S) {
            Pause.seconds(STEP_S);
            double now = compiling(server);
            if ((now - before) / STEP_S < QUIET) {
                return;
            }
            before = now;
        }
    }

    private static double compiling(Server server) {
        return ProcFs.threadSeconds(server.pid()).entrySet().stream()
                .filter(thread ->
                        thread.getKey().startsWith("C1 ") || thread.getKey().startsWith("C2 "))
                .map(Map.Entry::getValue)
                .mapToDouble(both -> both[0] + both[1])
                .sum();
    }
}
