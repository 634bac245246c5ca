package org.reelcast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Names that clients make up, in the log. */
class LineFormatterTest {
    private static final Pattern EVENT = Pattern.compile("(?m)^\\d{4}-\\d\\d-\\d\\dT\\S+ ");
    private static final String FORGED = "x\n2026-11-30T12:00:00.000Z INFO  Connection - admin logged in";

    private static String format(String message, Throwable thrown) {
        LogRecord event = new LogRecord(Level.WARNING, message);
        event.setLoggerName("org.reelcast.signalling.Connection");
        event.setThrown(thrown);
        return new LineFormatter().format(event);
    }

    private static long events(String text) {
        return EVENT.matcher(text).results().count();
    }

    @Test
    void lineBreaksMakeNoLines_andEscapesReachNoTerminal() {
        String line = format("Client 1 asked for " + FORGED + "\r\u001b[31mred\u009b0m\u0085\u2028end", null);
        assertEquals(1, events(line));
        assertEquals(1, line.lines().count());
        assertTrue(
                line.strip()
                        .endsWith(
                                "Client 1 asked for x\\n2026-11-30T12:00:00.000Z INFO  Connection - admin logged in\\r\\u001b[31mred\\u009b0m\\u0085"
                                        + "\\u2028end"),
                line);
    }

    @Test
    void namesFromRightToLeft_areReadAsTheyAre_andTurnNoLine() {
        String line = format("Client 1 plays סרט.mp4 and \u202e4pm.x\u2066y\u2069", null);
        assertTrue(line.strip().endsWith("Client 1 plays סרט.mp4 and \\u202e4pm.x\\u2066y\\u2069"), line);
    }

    @Test
    void messageOfAnErrorMakesNoEventEither() {
        String lines = format("Unexpected", new IllegalStateException(FORGED, new IllegalArgumentException(FORGED)));
        assertEquals(1, events(lines));
        assertTrue(lines.contains("Caused by: java.lang.IllegalArgumentException: x"), lines);
        assertFalse(lines.contains("\u001b"));
    }

    @Test
    void longMessageIsCut() {
        String line = format("A".repeat(250_000), null);
        assertTrue(line.length() < 8_200, () -> line.length() + " characters");
        assertTrue(line.strip().endsWith("(242000 characters more)"));
    }

    @Test
    void whatIsHarmlessStays() {
        assertTrue(format("\u00dcbung\t\ud83c\udfac {0}", null)
                .strip()
                .endsWith("Connection - \u00dcbung\t\ud83c\udfac {0}"));
    }
}
