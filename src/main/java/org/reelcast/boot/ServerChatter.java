package org.reelcast.boot;

import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Keeps back what the server below says at every start and whose level it sets itself, whatever the file has. */
public final class ServerChatter implements Filter {
    private static final Set<String> LOGGERS = Set.of("jakarta.enterprise.web", "PayaraMicro");

    @Override
    public boolean isLoggable(LogRecord event) {
        return event.getLevel().intValue() >= Level.WARNING.intValue() || !LOGGERS.contains(event.getLoggerName());
    }
}
