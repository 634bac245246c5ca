package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pauses that the server's JVM has written down since a moment. */
final class GcLog {
    private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms");

    private final Path file;
    private long from;

    GcLog(Path file) {
        this.file = file;
    }

    /** The option that makes a JVM write the log. */
    static String option(Path file) {
        return "-Xlog:gc:file=" + file + ":uptime:filecount=0";
    }

    void mark() {
        from = bytes().length;
    }

    void into(JsonObject figures) {
        byte[] all = bytes();
        String text = new String(
                all, (int) Math.min(from, all.length), (int) Math.max(0, all.length - from), StandardCharsets.UTF_8);
        int pauses = 0;
        double longest = 0;
        Matcher matcher = PAUSE.matcher(text);
        while (matcher.find()) {
            pauses++;
            longest = Math.max(longest, Double.parseDouble(matcher.group(1)));
        }
        figures.addProperty("gcPauses", pauses);
        figures.addProperty("gcLongestMs", Figures.round(longest));
    }

    private byte[] bytes() {
        try {
            return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
