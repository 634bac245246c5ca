package org.reelcast.boot;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One JSON object (RFC 8259) a line for each event, for programs that collect logs. */
public final class JsonFormatter extends Formatter {

    @Override
    public String format(LogRecord event) {
        StringBuilder line = new StringBuilder(200).append('{');
        member("time", LineFormatter.TIME.format(event.getInstant().atZone(ZoneId.systemDefault())), line);
        member("level", LineFormatter.level(event.getLevel()).strip(), line.append(','));
        member("logger", LineFormatter.shortName(event.getLoggerName()), line.append(','));
        member("message", LineFormatter.bounded(formatMessage(event)), line.append(','));
        if (event.getThrown() != null) {
            StringWriter trace = new StringWriter();
            event.getThrown().printStackTrace(new PrintWriter(trace));
            member("trace", LineFormatter.bounded(trace.toString()), line.append(','));
        }
        return line.append('}').append(System.lineSeparator()).toString();
    }

    private static void member(String name, String value, StringBuilder line) {
        line.append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (LineFormatter.isControl(c) || c == '\t' || Character.isSurrogate(c)) {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }
}
