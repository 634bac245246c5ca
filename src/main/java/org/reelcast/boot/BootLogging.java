package org.reelcast.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/** Sets up {@code java.util.logging} for the launcher and, by the file that it gives back, for Payara Micro. */
final class BootLogging {
    private static final String BUNDLED = "/logging.properties";

    private BootLogging() {}

    /** The user's {@code conf/logging.properties} when there is one, else the bundled one with {@code log_file}. */
    static Path configure(Settings settings, Path work) throws IOException {
        Path own = settings.home().resolve("conf").resolve("logging.properties");
        Properties properties = new Properties();
        try (InputStream in =
                Files.isRegularFile(own) ? Files.newInputStream(own) : BootLogging.class.getResourceAsStream(BUNDLED)) {
            properties.load(in);
        }
        if (!Files.isRegularFile(own)) {
            String formatter = (settings.get(Keys.LOG_FORMAT).equals("json")
                            ? JsonFormatter.class
                            : LineFormatter.class)
                    .getName();
            properties.setProperty(ConsoleHandler.class.getName() + ".formatter", formatter);
            if (settings.get(Keys.LOG_FILE).isPresent()) {
                addFile(settings.get(Keys.LOG_FILE).get(), formatter, properties);
            }
        }
        addHandler(StartFailure.class, properties);
        addHandler(FatalErrors.class, properties);
        Path file = work.resolve("logging.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        try (InputStream in = Files.newInputStream(file)) {
            LogManager.getLogManager().readConfiguration(in);
        }
        return file;
    }

    private static void addHandler(Class<? extends Handler> handler, Properties properties) {
        String before = properties.getProperty("handlers", "").trim();
        properties.setProperty("handlers", before.isEmpty() ? handler.getName() : before + ", " + handler.getName());
    }

    private static void addFile(Path log, String formatter, Properties properties) throws IOException {
        if (log.getParent() != null) {
            Files.createDirectories(log.getParent());
        }
        addHandler(FileHandler.class, properties);
        String prefix = FileHandler.class.getName();
        properties.setProperty(
                prefix + ".pattern", log.toString().replace("%", "%%").replace("\\", "/"));
        properties.setProperty(prefix + ".append", "true");
        properties.setProperty(prefix + ".limit", "20000000");
        properties.setProperty(prefix + ".count", "5");
        properties.setProperty(prefix + ".level", "ALL");
        properties.setProperty(prefix + ".encoding", "UTF-8");
        properties.setProperty(prefix + ".filter", ServerLogFilter.class.getName());
        properties.setProperty(prefix + ".formatter", formatter);
    }
}
