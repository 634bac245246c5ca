package org.reelcast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Keeps the shape of the house (docs/design.md): a package names only those below it, the outputs do not know each
 * other, and what can be tested without a server knows no Jakarta EE.
 */
class ArchitectureTest {
    /** From the top down; packages on one line are siblings. */
    private static final List<List<String>> LAYERS = List.of(
            List.of("rest"),
            List.of("signalling"),
            List.of("source.vod"),
            List.of("output.webrtc", "source.publish", "output.recording"),
            List.of("stream"),
            List.of("webrtc"),
            List.of("rtp"),
            List.of("rendition"),
            List.of("codec"),
            List.of("mp4"),
            List.of("storage"),
            List.of("bitstream"),
            List.of("media", "loop", "refusal", "sharing"),
            List.of("config"));

    /** Starts the server in its own jar, outside the application; reads the settings, no more. */
    private static final String LAUNCHER = "boot";

    private static final List<String> PLAIN_JAVA = List.of("webrtc", "rtp", "rendition", "codec", "mp4", "storage",
            "bitstream", "media", "loop", "refusal", "sharing", "config");

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.reelcast");
    }

    @TestFactory
    List<DynamicTest> everyPackageNamesOnlyThoseBelowIt() {
        List<DynamicTest> tests = new ArrayList<>();
        List<String> above = new ArrayList<>();
        for (List<String> layer : LAYERS) {
            for (String name : layer) {
                List<String> forbidden = new ArrayList<>(above);
                layer.stream().filter(sibling -> !sibling.equals(name)).forEach(forbidden::add);
                tests.add(DynamicTest.dynamicTest(name, () -> checkNamesNone(name, forbidden)));
            }
            above.addAll(layer);
        }
        return tests;
    }

    private static void checkNamesNone(String name, List<String> forbidden) {
        if (forbidden.isEmpty()) {
            return;
        }
        String[] packages = forbidden.stream().map(ArchitectureTest::withSubpackages).toArray(String[]::new);
        noClasses().that().resideInAPackage(withSubpackages(name))
                .should().dependOnClassesThat().resideInAnyPackage(packages)
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void launcherAndApplicationAreApart() {
        noClasses().that().resideOutsideOfPackage(withSubpackages(LAUNCHER))
                .should().dependOnClassesThat().resideInAPackage(withSubpackages(LAUNCHER))
                .check(classes);
        noClasses().that().resideInAPackage(withSubpackages(LAUNCHER))
                .should().dependOnClassesThat().resideInAnyPackage(LAYERS.stream().flatMap(List::stream)
                        .filter(name -> !name.equals("config")).map(ArchitectureTest::withSubpackages)
                        .toArray(String[]::new))
                .check(classes);
    }

    @Test
    void everyPackageHasItsPlace() {
        Stream<String> known = Stream.concat(LAYERS.stream().flatMap(List::stream), Stream.of(LAUNCHER));
        classes().should().resideInAnyPackage(known.map(ArchitectureTest::withSubpackages).toArray(String[]::new))
                .check(classes);
    }

    @Test
    void theCoreKnowsNoJakartaEe() {
        noClasses().that().resideInAnyPackage(
                        PLAIN_JAVA.stream().map(ArchitectureTest::withSubpackages).toArray(String[]::new))
                .should().dependOnClassesThat().resideInAPackage("jakarta..")
                .check(classes);
    }

    private static String withSubpackages(String name) {
        return "org.reelcast." + name + "..";
    }
}
