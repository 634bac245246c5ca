package org.reelcast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Code, properties file and docs say the same about the settings. With {@code -Dreelcast.update=true} it writes file
 * and docs anew from {@link Keys} instead.
 */
class SettingsDocumentationTest {
    private static final Path FILE = Path.of("server-config", "flashphoner.properties");
    private static final Path PAGE = Path.of("docs", "settings.md");
    private static final String BEGIN = "<!-- keys: written by SettingsDocumentationTest -->\n";
    private static final String END = "<!-- end of keys -->\n";

    @BeforeAll
    static void update() throws IOException {
        if (Boolean.getBoolean("reelcast.update")) {
            String file = Files.readString(FILE);
            int head = file.indexOf("\n\n");
            Files.writeString(FILE, file.substring(0, head + 2) + fileKeys());
            String page = Files.readString(PAGE);
            Files.writeString(
                    PAGE,
                    page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
                            + pageKeys()
                            + page.substring(page.indexOf(END)));
        }
    }

    @Test
    void propertiesFileShowsEveryKeyWithMeaningAndDefault() throws IOException {
        String file = Files.readString(FILE);
        assertEquals(
                fileKeys(),
                file.substring(file.indexOf("\n\n") + 2),
                FILE + " is not as Keys has it; "
                        + "run mvn test -Dtest=SettingsDocumentationTest -Dreelcast.update=true");
    }

    @Test
    void propertiesFileWithEveryLineSwitchedOnGivesTheDefaults() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new java.io.StringReader(Files.readString(FILE).replaceAll("(?m)^#(?=\\S+=)", ""))) {
            properties.load(reader);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        Settings written = Settings.of(values);
        Settings defaults = Settings.of(Map.of());
        for (Setting<?> setting : Keys.all()) {
            assertEquals(defaults.get(setting).toString(), written.get(setting).toString(), setting.name());
        }
        assertEquals(Keys.all().size(), values.size());
    }

    @Test
    void pageShowsEveryKey() throws IOException {
        String page = Files.readString(PAGE);
        assertEquals(
                pageKeys(),
                page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)),
                PAGE + " is not as Keys has it; run mvn test -Dtest=SettingsDocumentationTest -Dreelcast.update=true");
    }

    @Test
    void namesAndEnvironmentNamesAreUnique() {
        Set<String> names = Keys.all().stream().map(Setting::name).collect(Collectors.toSet());
        Set<String> variables =
                Keys.all().stream().map(Setting::environmentName).collect(Collectors.toSet());
        assertEquals(Keys.all().size(), names.size());
        assertEquals(Keys.all().size(), variables.size());
        Set<String> reserved = new HashSet<>(Set.of("REELCAST_HOME", "REELCAST_CONFIG"));
        assertFalse(reserved.removeAll(variables));
    }

    private static String fileKeys() {
        StringBuilder text = new StringBuilder();
        String section = "";
        for (Setting<?> setting : Keys.all()) {
            if (!setting.section().equals(section)) {
                section = setting.section();
                text.append(text.isEmpty() ? "" : "\n")
                        .append("# ---- ")
                        .append(section)
                        .append(" ----\n");
            }
            text.append('\n');
            wrap(setting.doc(), text);
            String fallback = setting.defaultText().isEmpty() ? "nothing" : setting.defaultText();
            wrap("Takes " + setting.type().allowed() + ". Default: " + fallback + ".", text);
            text.append('#')
                    .append(setting.name())
                    .append('=')
                    .append(setting.defaultText())
                    .append('\n');
        }
        return text.toString();
    }

    private static void wrap(String sentence, StringBuilder text) {
        StringBuilder line = new StringBuilder("#");
        for (String word : sentence.split(" ")) {
            if (line.length() + 1 + word.length() > 110) {
                text.append(line).append('\n');
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        text.append(line).append('\n');
    }

    private static String pageKeys() {
        StringBuilder text = new StringBuilder();
        String section = "";
        for (Setting<?> setting : Keys.all()) {
            if (!setting.section().equals(section)) {
                section = setting.section();
                text.append("\n## ")
                        .append(section)
                        .append("\n\n")
                        .append("| key | takes | default | meaning |\n|---|---|---|---|\n");
            }
            String fallback = setting.defaultText().isEmpty() ? "nothing" : "`" + setting.defaultText() + "`";
            text.append("| `")
                    .append(setting.name())
                    .append("` | ")
                    .append(setting.type().allowed())
                    .append(" | ")
                    .append(fallback)
                    .append(" | ")
                    .append(setting.doc())
                    .append(" |\n");
        }
        return text.append('\n').toString();
    }
}
