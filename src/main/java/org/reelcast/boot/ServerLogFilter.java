package org.reelcast.boot;

import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Keeps back what the server below says at every start and stop, at levels that it sets itself. */
public final class ServerLogFilter implements Filter {
    private static final Set<String> LOGGERS = Set.of("jakarta.enterprise.web", "PayaraMicro");
    private static final String LEAKS = "jakarta.enterprise.web.util";

    @Override
    public boolean isLoggable(LogRecord event) {
        String logger = event.getLoggerName();
        if (LEAKS.equals(logger)) {
            // what threads still hold of the application matters to a server that goes on without it, not to this one
            return event.getMessage() == null || !event.getMessage().contains("ThreadLocal");
        }
        return event.getLevel().intValue() >= Level.WARNING.intValue() || logger == null || !LOGGERS.contains(logger);
    }
}
