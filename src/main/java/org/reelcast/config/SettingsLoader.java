package org.reelcast.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds and reads the settings file, and lays the environment over it. */
final class SettingsLoader {
    private static final String PREFIX = "REELCAST_";
    private static final String HOME = "REELCAST_HOME";
    private static final String CONFIG = "REELCAST_CONFIG";

    private SettingsLoader() {}

    static Set<String> names() {
        return Keys.all().stream().map(Setting::name).collect(Collectors.toCollection(TreeSet::new));
    }

    static Settings load(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault(HOME, "")).toAbsolutePath().normalize();
        List<String> warnings = new ArrayList<>();
        Map<String, Settings.Given> texts = new HashMap<>();
        Path file = file(environment, home);
        String source = "the defaults";
        if (file != null) {
            source = file.toString();
            readFile(file, texts, warnings);
        }
        readEnvironment(environment, texts, warnings);
        return new Settings(texts, home, source, warnings);
    }

    private static Path file(Map<String, String> environment, Path home) {
        String named = environment.getOrDefault(CONFIG, "");
        if (!named.isBlank()) {
            Path file = home.resolve(named.trim());
            if (!Files.isRegularFile(file)) {
                throw new SettingsException("REELCAST_CONFIG names " + file + ", which is not there.");
            }
            return file;
        }
        Path file = home.resolve("conf").resolve("flashphoner.properties");
        return Files.isRegularFile(file) ? file : null;
    }

    private static void readFile(Path file, Map<String, Settings.Given> texts, List<String> warnings) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException("The settings file " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
        Protection.whyNot(properties, file.toString()).ifPresent(sentence -> {
            throw new SettingsException(sentence);
        });
        Set<String> names = names();
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            if (names.contains(name)) {
                texts.put(name, new Settings.Given(properties.getProperty(name), file.toString()));
            } else {
                warnings.add(file + ": unknown setting " + name + " is ignored" + meant(name, names));
            }
        }
    }

    private static void readEnvironment(
            Map<String, String> environment, Map<String, Settings.Given> texts, List<String> warnings) {
        Map<String, String> keys = new TreeMap<>();
        Keys.all().forEach(setting -> keys.put(setting.environmentName(), setting.name()));
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            String name = variable.getKey();
            if (!name.startsWith(PREFIX) || name.equals(HOME) || name.equals(CONFIG)) {
                continue;
            }
            if (keys.containsKey(name)) {
                texts.put(keys.get(name), new Settings.Given(variable.getValue(), "environment variable " + name));
            } else {
                warnings.add(
                        "environment variable " + name + " is no setting and is ignored" + meant(name, keys.keySet()));
            }
        }
    }

    private static String meant(String name, Set<String> names) {
        return Nearest.of(name, names)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse(".");
    }
}
