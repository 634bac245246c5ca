package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.SilentNameServer;
import org.reelcast.e2e.harness.SilentNameServer.Times;

/** No client waits for a name server. Runs with {@code -Pinterop}. */
class InteropNameServerIT {
    private static final int CLIENTS = 10;
    /** A resolver asks twice, and waits for 5 s each time. */
    private static final double LOOKUP_S = 4;

    private static final double SIGN_ON_S = 0.5;

    @Test
    void nameServerThatNeverAnswers_keepsNobodyWaiting() {
        assertTrue(
                SilentNameServer.isPossible(),
                "A network of its own can be made here neither by root nor by a user namespace: run as root");
        Times times = SilentNameServer.signOns(CLIENTS);
        System.out.println("Without a name server's answer: " + times);
        assertTrue(times.lookup() > LOOKUP_S, "this network's name server answers: " + times);
        assertTrue(
                Stream.concat(times.single().stream(), times.crowd().stream()).allMatch(s -> s < SIGN_ON_S),
                times.toString());
        assertTrue(times.crowd().size() == CLIENTS, times.toString());
    }
}
