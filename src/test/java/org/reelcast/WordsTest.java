package org.reelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Docs and pages have one word for one thing, and no private ones ({@code docs/words.txt}). */
class WordsTest {
    private static final Path LIST = Path.of("src/test/resources/docs/words.txt");
    private static final Pattern CODE = Pattern.compile("(?ms)^\\s*```.*?^\\s*```|`[^`]*`|\\]\\([^)]*\\)");
    private static final Pattern MARKUP = Pattern.compile("<[^>]*>");
    /** What is said to people is more than one word. */
    private static final Pattern SENTENCE = Pattern.compile("'((?:[^'\\\\\\n]|\\\\.)* (?:[^'\\\\\\n]|\\\\.)*)'");

    /** @param avoided in whole words @param better what to write instead */
    private record Rule(Pattern avoided, String better) {
        static Rule of(String line) {
            String[] parts = line.split(" => ");
            assertEquals(2, parts.length, line);
            return new Rule(Pattern.compile("(?i)\\b(?:" + parts[0].strip() + ")\\b"), parts[1].strip());
        }

        Stream<String> faults(String text) {
            return avoided.matcher(text)
                    .results()
                    .map(found -> "'" + found.group() + "', better: " + better + ", in '"
                            + text.substring(Math.max(0, found.start() - 30), found.end()) + "'");
        }
    }

    @Test
    void docsAndPages_haveOneWordForOneThing() throws IOException {
        List<Rule> rules = Files.readString(LIST)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Rule::of)
                .toList();
        List<Path> texts = Stream.of(
                        Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md").map(Path::of),
                        files("docs", ".md"),
                        files("webapp", ".html"),
                        files("webapp/js", ".js"))
                .flatMap(each -> each)
                .toList();
        assertTrue(texts.size() > 50 && rules.size() > 10, "texts and rules were found");
        List<String> faults = texts.stream()
                .flatMap(file ->
                        rules.stream().flatMap(rule -> rule.faults(prose(file)).map(fault -> file + ": " + fault)))
                .toList();
        assertEquals(List.of(), faults);
    }

    @Test
    void ruleFindsWholeWordsAlone() {
        Rule rule = Rule.of("movies? => film");
        assertEquals(1, rule.faults("a Movie, and its movieId").count());
    }

    private static Stream<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        }
    }

    /** What people read of it. */
    private static String prose(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (file.toString().endsWith(".md")) {
            return CODE.matcher(text).replaceAll("");
        }
        if (file.toString().endsWith(".html")) {
            return MARKUP.matcher(text).replaceAll("");
        }
        return SENTENCE.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.joining("\n"));
    }
}
