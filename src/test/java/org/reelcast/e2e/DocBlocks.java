package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The blocks of commands in a page of docs. */
final class DocBlocks {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");

    private DocBlocks() {}

    static Stream<String> of(String page) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of(page)))
                .results()
                // those of another language are no commands
                .filter((MatchResult block) -> block.group(1).isEmpty())
                .map(block -> block.group(2).stripTrailing().stripIndent());
    }

    /** @return what the commands say; they have to succeed */
    static String run(Path folder, String script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, shell.waitFor(), () -> script + "\n" + said);
        return said;
    }
}
