package org.reelcast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** What of the server below gets into the log. */
class ServerLogFilterTest {
    private final ServerLogFilter filter = new ServerLogFilter();
    private long nowMs = 1_000_000;

    private boolean isTold(Level level, String logger, Throwable thrown) {
        LogRecord event = new LogRecord(level, "a sentence");
        event.setLoggerName(logger);
        event.setThrown(thrown);
        event.setInstant(Instant.ofEpochMilli(nowMs));
        return filter.isLoggable(event);
    }

    private static Throwable failure() {
        return new IllegalArgumentException("of a stranger's making " + System.nanoTime());
    }

    @Test
    void sameFailureOfTheServerBelow_isToldOnceAMinute() {
        int told = 0;
        for (int i = 0; i < 1_000; i++) {
            nowMs += 100;
            told += isTold(Level.SEVERE, "jakarta.enterprise.web.core", failure()) ? 1 : 0;
        }
        assertEquals(2, told);
        assertTrue(isTold(Level.SEVERE, "jakarta.enterprise.web.core", new IOException("another")));
        assertTrue(isTold(Level.WARNING, "org.glassfish.grizzly", failure()), "of another part");
        assertTrue(isTold(Level.WARNING, "jakarta.enterprise.web.core", null));
        assertFalse(isTold(Level.WARNING, "jakarta.enterprise.web.core", null), "the same words");
    }

    @Test
    void ownFailuresAndSentences_areToldEachTime() {
        for (int i = 0; i < 3; i++) {
            assertTrue(isTold(Level.SEVERE, "org.reelcast.stream.Stream", failure()));
            assertTrue(isTold(Level.INFO, "Reelcast", null));
        }
    }

    @Test
    void whatIsSaidAtEachStart_isKeptBack() {
        assertFalse(isTold(Level.INFO, "PayaraMicro", null));
        assertTrue(isTold(Level.WARNING, "PayaraMicro", null));
    }
}
