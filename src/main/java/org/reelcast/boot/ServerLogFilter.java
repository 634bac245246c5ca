package org.reelcast.boot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Keeps back what the server below says at every start and stop, at levels that it sets itself, and what it says over and
 * over of requests that fail: a page of text for each, with which strangers could wash everything else out of the log.
 */
public final class ServerLogFilter implements Filter {
    private static final Set<String> LOGGERS = Set.of("jakarta.enterprise.web", "PayaraMicro");
    private static final String LEAKS = "jakarta.enterprise.web.util";
    /** In which the same is told once. */
    private static final long SAME_MS = 60_000;

    private static final int MOST_REMEMBERED = 100;
    private static final int MESSAGE_START = 80;

    private final Map<String, Long> toldMs = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    @Override
    public boolean isLoggable(LogRecord event) {
        String logger = event.getLoggerName();
        if (LEAKS.equals(logger)) {
            // what threads still hold of the application matters to a server that goes on without it, not to this one
            return event.getMessage() == null || !event.getMessage().contains("ThreadLocal");
        }
        if (logger == null || logger.startsWith("org.reelcast") || logger.equals("Reelcast")) {
            return true;
        }
        return event.getLevel().intValue() < Level.WARNING.intValue()
                ? !LOGGERS.contains(logger)
                : isNew(
                        event.getLoggerName() + (event.getThrown() == null ? start(event) : place(event.getThrown())),
                        event);
    }

    /** The message may go on with a page of text. */
    private static String start(LogRecord event) {
        String message = String.valueOf(event.getMessage());
        return message.substring(0, Math.min(message.length(), MESSAGE_START));
    }

    private static String place(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return failure.getClass() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    /** Whether this was not told a moment ago. */
    private synchronized boolean isNew(String failure, LogRecord event) {
        Long before = toldMs.get(failure);
        if (before != null && event.getMillis() - before < SAME_MS) {
            return false;
        }
        toldMs.remove(failure);
        toldMs.put(failure, event.getMillis());
        return true;
    }
}
