package org.reelcast.output.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in docs/testing.md of what users of other servers complained of: each has tests, which are there. */
class HlsComplaintsTest {
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*\\|(.*)\\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @Test
    void each_hasATestThatIsThere() throws IOException {
        List<MatchResult> rows = ROW.matcher(Files.readString(Path.of("docs/testing.md")))
                .results()
                .toList();
        assertEquals(
                IntStream.rangeClosed(1, 34).boxed().toList(),
                rows.stream().map(row -> Integer.valueOf(row.group(1))).toList());
        for (MatchResult row : rows) {
            List<MatchResult> tests = TEST.matcher(row.group(2)).results().toList();
            assertTrue(!tests.isEmpty(), row.group());
            for (MatchResult test : tests) {
                assertTrue(source(test.group(1)).contains("void " + test.group(2) + "("), test.group());
            }
        }
    }

    private static String source(String name) throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return Files.readString(files.filter(file -> file.endsWith(name + ".java"))
                    .findFirst()
                    .orElseThrow());
        }
    }
}
