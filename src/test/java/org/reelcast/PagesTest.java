package org.reelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs the tests of pages and SDK, which are JavaScript and live in src/test/js, where Node.js (20 or later) is. */
class PagesTest {

    private static final Path TESTS = Path.of("src", "test", "js");
    private static final int TIMEOUT_S = 60;

    @Test
    void pagesAndSdkPassTheirTests() throws Exception {
        assertTrue(hasNode(), "The pages are tested by Node.js 20 or later: install it and put node on the PATH");
        Process node = node("--test", "--test-reporter=tap");
        String report = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(node.waitFor(TIMEOUT_S, TimeUnit.SECONDS), "node --test does not end");
        assertEquals(0, node.exitValue(), report);
        assertTrue(report.matches("(?s).*# pass [1-9]\\d+.*"), "some tests have run: " + report);
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            Process node = node("--version");
            String version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return node.waitFor() == 0 && Integer.parseInt(version.replaceAll("^v(\\d+).*", "$1")) >= 20;
        } catch (IOException e) {
            return false;
        }
    }

    private static Process node(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(TESTS.toFile()).redirectErrorStream(true);
        builder.environment().remove("NODE_OPTIONS");
        return builder.start();
    }
}
