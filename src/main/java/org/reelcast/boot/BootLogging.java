package org.reelcast.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.LogManager;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/** Sets up {@code java.util.logging} for the launcher and, by the file that it gives back, for Payara Micro. */
final class BootLogging {
    private static final String BUNDLED = "/logging.properties";

    private BootLogging() {
    }

    /** The user's {@code conf/logging.properties} when there is one, else the bundled one with {@code log_file}. */
    static Path configure(Settings settings, Path work) throws IOException {
        Path own = settings.home().resolve("conf").resolve("logging.properties");
        Path file = own;
        if (!Files.isRegularFile(own)) {
            file = work.resolve("logging.properties");
            Files.writeString(file, bundled() + fileHandler(settings));
        }
        try (InputStream in = Files.newInputStream(file)) {
            LogManager.getLogManager().readConfiguration(in);
        }
        return file;
    }

    private static String bundled() throws IOException {
        try (InputStream in = BootLogging.class.getResourceAsStream(BUNDLED)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String fileHandler(Settings settings) throws IOException {
        if (settings.get(Keys.LOG_FILE).isEmpty()) {
            return "";
        }
        Path log = settings.get(Keys.LOG_FILE).get();
        if (log.getParent() != null) {
            Files.createDirectories(log.getParent());
        }
        String pattern = log.toString().replace("%", "%%").replace("\\", "/");
        return String.join("\n", "",
                "handlers=java.util.logging.ConsoleHandler, java.util.logging.FileHandler",
                "java.util.logging.FileHandler.pattern=" + pattern,
                "java.util.logging.FileHandler.append=true",
                "java.util.logging.FileHandler.limit=20000000",
                "java.util.logging.FileHandler.count=5",
                "java.util.logging.FileHandler.level=ALL",
                "java.util.logging.FileHandler.encoding=UTF-8",
                "java.util.logging.FileHandler.filter=" + ServerChatter.class.getName(),
                "java.util.logging.FileHandler.formatter=" + LineFormatter.class.getName(), "");
    }
}
