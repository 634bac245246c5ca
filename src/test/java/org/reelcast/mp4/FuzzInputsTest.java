package org.reelcast.mp4;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The inputs of {@link MovieFuzzTest}, its finds among them, in every build and without its agent. */
class FuzzInputsTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/reelcast/mp4/MovieFuzzTestInputs",
            "anyBytes_areAMovieOrAnIOException");

    @TestFactory
    List<DynamicTest> inputs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<DynamicTest> tests = files.sorted().map(file -> DynamicTest.dynamicTest(
                    file.getFileName().toString(), () -> assertTimeoutPreemptively(Duration.ofSeconds(30),
                            () -> HostileMovieTest.exercise(Files.readAllBytes(file))))).toList();
            assertFalse(tests.isEmpty());
            return tests;
        }
    }
}
