package org.reelcast.bench.load;

import java.time.Instant;

/** The clock of the kernel's arrival times. */
final class WallClock {
    private WallClock() {}

    /** Microseconds since 1970. */
    static long nowUs() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }
}
