package org.reelcast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/** The inputs of fuzz tests, their finds among them, for tests that have them in every build and without the agent. */
public final class FuzzInputs {
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private FuzzInputs() {
    }

    /**
     * A test for each input.
     *
     * @param fuzzTest the fuzz test's class
     * @param method   its method
     * @param exercise what the method does with an input
     */
    public static List<DynamicTest> of(Class<?> fuzzTest, String method, Consumer<byte[]> exercise)
            throws IOException {
        Path folder = RESOURCES.resolve(fuzzTest.getName().replace('.', '/') + "Inputs").resolve(method);
        try (Stream<Path> files = Files.list(folder)) {
            List<DynamicTest> tests = files.sorted().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(),
                    () -> Assertions.assertTimeoutPreemptively(LIMIT,
                            () -> exercise.accept(Files.readAllBytes(file))))).toList();
            Assertions.assertFalse(tests.isEmpty());
            return tests;
        }
    }
}
