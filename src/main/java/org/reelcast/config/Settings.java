package org.reelcast.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;

/**
 * The typed view of {@code flashphoner.properties}. Immutable.
 *
 * <p>Values come from the file that {@code REELCAST_CONFIG} names, else from {@code conf/flashphoner.properties} under
 * the home folder, else they are the defaults; {@code REELCAST_<KEY>} overrides one key (dots as underscores, upper
 * case). The home folder is {@code REELCAST_HOME}, else the working directory. An empty value is no value.
 */
public final class Settings implements Consistency.Values {
    private static final Logger LOG = Logger.getLogger(Settings.class.getName());

    private static Settings loaded;

    private final Map<String, Object> values = new HashMap<>();
    private final Set<String> given = new HashSet<>();
    private final Path home;
    private final String source;
    private final List<String> warnings;

    /**
     * @param texts where each value comes from, by key
     * @throws SettingsException on a value that is not allowed
     */
    Settings(Map<String, Given> texts, Path home, String source, List<String> warnings) {
        this.home = home;
        this.source = source;
        this.warnings = List.copyOf(warnings);
        for (Setting<?> setting : Keys.all()) {
            Given text = texts.get(setting.name());
            if (text == null || text.text().isBlank()) {
                values.put(setting.name(), setting.type().parse(setting.defaultText(), home));
            } else {
                values.put(setting.name(), parse(setting, text, home));
                given.add(setting.name());
            }
        }
        Consistency.check(this);
    }

    /** A value as somebody wrote it. @param origin for messages: a file or an environment variable */
    record Given(String text, String origin) {}

    /**
     * The settings of this application, read from the file and the environment when they are first asked for. That is
     * when the log gets a warning for each unknown key; whoever asks later gets the same settings.
     *
     * @throws SettingsException when the file cannot be read or a value is not allowed; the message is a sentence
     */
    public static synchronized Settings load() {
        if (loaded == null) {
            loaded = read();
            loaded.warnings.forEach(LOG::warning);
        }
        return loaded;
    }

    /** Reads them anew, without a word in the log: {@link #warnings()} has them. */
    public static Settings read() {
        return SettingsLoader.load(System.getenv());
    }

    /**
     * For tests: these values, else the defaults; no file, no environment, home is the working directory.
     *
     * @throws SettingsException on an unknown key and on a value that is not allowed
     */
    public static Settings of(Map<String, String> values) {
        Map<String, Given> texts = new HashMap<>();
        values.forEach((name, text) -> texts.put(name, new Given(text, "Settings.of")));
        Set<String> names = SettingsLoader.names();
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new SettingsException("There is no setting " + name + ".");
            }
        }
        return new Settings(texts, Path.of("").toAbsolutePath(), "Settings.of", List.of());
    }

    /** The value that was given, else the default. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> T get(Setting<T> setting) {
        return (T) values.get(setting.name());
    }

    /** Whether somebody wrote a value, be it the default's. */
    public boolean isSet(Setting<?> setting) {
        return given.contains(setting.name());
    }

    /** The folder that relative paths start from, absolute. */
    public Path home() {
        return home;
    }

    /** Where the values come from, for the log. */
    @Override
    public String source() {
        return source;
    }

    /** What is odd about the file or the environment, a sentence each. */
    public List<String> warnings() {
        return warnings;
    }

    private static Object parse(Setting<?> setting, Given given, Path home) {
        try {
            return setting.type().parse(given.text().trim(), home);
        } catch (IllegalArgumentException e) {
            String shown = setting.type().isSecret() ? "(hidden)" : given.text().trim();
            throw new SettingsException(given.origin() + ": " + setting.name() + "=" + shown + " is not allowed; "
                    + setting.name() + " takes " + setting.type().allowed() + ".");
        }
    }
}
