package org.reelcast.loop;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Whether another viewer may come: not while the server is saturated, by measurement. The log says when that begins and
 * ends, not who is refused meanwhile.
 */
@AnyThread
public final class Admission {
    private static final Logger LOG = Logger.getLogger(Admission.class.getName());

    private final Supplier<Optional<String>> saturation;
    private boolean closed;
    private long refused;

    /** @param saturation why there is no room, a sentence for the log; empty while there is */
    public Admission(Supplier<Optional<String>> saturation) {
        this.saturation = saturation;
    }

    /** Asked for each viewer; one who may not come is counted. */
    public synchronized boolean admits() {
        Optional<String> why = saturation.get();
        if (why.isPresent()) {
            refused++;
            if (!closed) {
                closed = true;
                LOG.warning(() -> "No room for new viewers, they are refused from now on: " + why.get());
            }
        } else if (closed) {
            closed = false;
            LOG.info(() -> "New viewers are welcome again; " + refused + " refused since the start");
        }
        return why.isEmpty();
    }

    /** Viewers that were refused. */
    public synchronized long refused() {
        return refused;
    }
}
