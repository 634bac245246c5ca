package org.reelcast.boot;

import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Listens to the log for errors after which the process cannot go on: most are caught somewhere, and logged. */
public final class FatalErrors extends Handler {

    @Override
    public void publish(LogRecord event) {
        if (event.getThrown() != null) {
            LastResort.logged(event.getThrown());
        }
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public void close() {
        // nothing is open
    }
}
