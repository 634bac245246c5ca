package org.reelcast;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The inputs of all fuzz tests, their finds among them, in every build and without their agent. */
class FuzzCorporaTest {
    private static final Path SOURCES = Path.of("src/test/java");
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TestFactory
    List<DynamicTest> inputs() throws IOException {
        List<Path> fuzzTests;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            fuzzTests = files.filter(file -> file.toString().endsWith("FuzzTest.java"))
                    .sorted()
                    .toList();
        }
        assertTrue(fuzzTests.size() > 10, () -> "these alone: " + fuzzTests);
        return fuzzTests.stream()
                .map(SOURCES::relativize)
                .map(file -> file.toString().replace(".java", ""))
                .map(name -> DynamicTest.dynamicTest(name, () -> replay(name)))
                .toList();
    }

    private static void replay(String name) throws Exception {
        Class<?> fuzzTest = Class.forName(name.replace('/', '.'));
        Constructor<?> made = fuzzTest.getDeclaredConstructor();
        made.setAccessible(true);
        Method method = Arrays.stream(fuzzTest.getDeclaredMethods())
                .filter(each -> each.isAnnotationPresent(FuzzTest.class))
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        try (Stream<Path> files = Files.list(RESOURCES.resolve(name + "Inputs").resolve(method.getName()))) {
            List<Path> inputs = files.sorted().toList();
            assertFalse(inputs.isEmpty());
            for (Path input : inputs) {
                assertTimeoutPreemptively(
                        LIMIT, () -> run(made.newInstance(), method, Files.readAllBytes(input)), input::toString);
            }
        }
    }

    private static void run(Object test, Method method, byte[] input) throws Exception {
        try {
            method.invoke(test, (Object) input);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
