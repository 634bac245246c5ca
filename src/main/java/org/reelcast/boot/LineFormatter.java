package org.reelcast.boot;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;

/**
 * One line an event, much as WCS writes them: time with date and zone (ISO 8601), level, logger, message. What clients send stands in
 * messages: it must not make lines of its own, nor tell a terminal what to do, nor fill the file.
 */
public final class LineFormatter extends Formatter {
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

    private static final int MAX_LENGTH = 8_000;
    /** How lines of a stack trace begin that are no part of a message. */
    private static final Pattern OWN_LINES = Pattern.compile("\\s+at |\\s*Caused by: |\\s*Suppressed: |\\s+\\.\\.\\. ");

    @Override
    public String format(LogRecord event) {
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(event.getInstant(), line);
        line.append(' ')
                .append(level(event.getLevel()))
                .append(' ')
                .append(shortName(event.getLoggerName()))
                .append(" - ")
                .append(escaped(bounded(formatMessage(event))))
                .append(System.lineSeparator());
        if (event.getThrown() != null) {
            StringWriter trace = new StringWriter();
            event.getThrown().printStackTrace(new PrintWriter(trace));
            appendTrace(trace.toString(), line);
        }
        return line.toString();
    }

    static String bounded(String message) {
        return message.length() <= MAX_LENGTH
                ? message
                : message.substring(0, MAX_LENGTH) + "... (" + (message.length() - MAX_LENGTH) + " characters more)";
    }

    /** Control characters of ISO 6429, and what Unicode takes for the end of a line or for a turn of it, as Java writes them. */
    private static String escaped(String message) {
        if (message.chars().noneMatch(LineFormatter::isControl)) {
            return message;
        }
        StringBuilder escaped = new StringBuilder(message.length() + 20);
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append(c);
                default -> escaped.append(isControl(c) ? String.format("\\u%04x", (int) c) : Character.toString(c));
            }
        }
        return escaped.toString();
    }

    static boolean isControl(int c) {
        return Character.isISOControl(c) && c != '\t' || c == '\u2028' || c == '\u2029' || turnsTheLine(c);
    }

    /** Embeddings, overrides and isolates (UAX #9): what stands behind them is read in another order than it was written. */
    private static boolean turnsTheLine(int c) {
        return c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069';
    }

    /** The lines of a message in it are indented: none begins as an event does. */
    private static void appendTrace(String trace, StringBuilder line) {
        boolean first = true;
        for (String part : trace.split("\\R")) {
            if (!first && !OWN_LINES.matcher(part).lookingAt()) {
                line.append('\t');
            }
            line.append(escaped(bounded(part))).append(System.lineSeparator());
            first = false;
        }
    }

    static String level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN ";
        }
        return value >= Level.INFO.intValue() ? "INFO " : "DEBUG";
    }

    static String shortName(String logger) {
        if (logger == null || logger.isEmpty()) {
            return "Server";
        }
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
