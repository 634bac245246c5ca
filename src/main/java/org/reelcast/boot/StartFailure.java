package org.reelcast.boot;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Listens to the log for what keeps the application from starting, so that the last line can say it in a sentence. */
public final class StartFailure extends Handler {
    private static volatile String reason = "The lines above say why.";
    private static volatile boolean known;

    /** What the first error that was logged came from. */
    static String reason() {
        return reason;
    }

    @Override
    public void publish(LogRecord event) {
        if (event.getLevel().intValue() >= Level.SEVERE.intValue() && event.getThrown() != null && !known) {
            known = true;
            reason = sentence(event.getThrown());
        }
    }

    /** The words of the outermost exception that Reelcast's own code threw, else the innermost that says something. */
    static String sentence(Throwable thrown) {
        Throwable telling = thrown;
        Throwable last = thrown;
        for (int depth = 0; last != null && depth < 50; depth++) {
            String message = last.getMessage();
            if (message != null
                    && last.getStackTrace().length > 0
                    && last.getStackTrace()[0].getClassName().startsWith("org.reelcast.")) {
                return message;
            }
            telling = message == null ? telling : last;
            last = last.getCause();
        }
        return telling.toString();
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
