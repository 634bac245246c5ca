package org.reelcast;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Keeps the shape of the house (docs/design.md). Sources, processors and outputs are folders that do not know each
 * other; the hub knows the ground alone; what can be tested without a server knows no Jakarta EE. A new output needs no
 * line here.
 */
class ArchitectureTest {
    private static final String ALL = "org.reelcast..";

    /** What streams stand on: nothing here knows of them. */
    static final String[] GROUND = packages("media", "loop", "refusal", "sharing", "bitstream", "config");

    /** What is built of the ground beside the streams. */
    static final String[] BESIDE_STREAMS =
            packages("rendition", "webrtc", "rtp", "mp4", "mpegts", "codec", "storage", "segment");

    /** What features build on: these know streams, and no feature. */
    static final String[] SERVICES = packages("stream", "live", "server", "cluster", "signalling", "rest", "transport");

    /** One folder each. */
    static final String[] FEATURES = packages("source", "process", "output");

    /** Starts the server in its own jar, outside the application; reads the settings, no more. */
    private static final String LAUNCHER = "org.reelcast.boot..";

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.reelcast");
    }

    @Test
    void featuresDoNotKnowEachOther() {
        slices().matching("org.reelcast.(source|process|output).(*)..")
                .should()
                .notDependOnEachOther()
                .check(classes);
    }

    @Test
    void nothingKnowsAFeature() {
        noClasses()
                .that()
                .resideOutsideOfPackages(FEATURES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FEATURES)
                .check(classes);
    }

    @Test
    void hubStandsOnLoopsAndMediaAlone() {
        classes()
                .that()
                .resideInAPackage("org.reelcast.stream..")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(ALL))
                        .or(resideInAnyPackage(packages("stream", "loop", "media", "refusal"))))
                .check(classes);
    }

    @Test
    void whatIsBesideStreamsKnowsNone() {
        noClasses()
                .that()
                .resideInAnyPackage(BESIDE_STREAMS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVICES)
                .check(classes);
    }

    @Test
    void groundKnowsNothingAboveIt() {
        noClasses()
                .that()
                .resideInAnyPackage(GROUND)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(join(BESIDE_STREAMS, SERVICES))
                .check(classes);
    }

    @Test
    void transportStreamsAreMadeOfFramesAlone() {
        classes()
                .that()
                .resideInAPackage("org.reelcast.mpegts..")
                .should()
                .onlyDependOnClassesThat(
                        not(resideInAPackage(ALL)).or(resideInAnyPackage(packages("mpegts", "media", "bitstream"))))
                .check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.reelcast.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void launcherAndApplicationAreApart() {
        noClasses()
                .that()
                .resideOutsideOfPackage(LAUNCHER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(LAUNCHER)
                .check(classes);
        classes()
                .that()
                .resideInAPackage(LAUNCHER)
                .should()
                .onlyDependOnClassesThat(
                        not(resideInAPackage(ALL)).or(resideInAnyPackage(LAUNCHER, "org.reelcast.config..")))
                .check(classes);
    }

    @Test
    void everyPackageHasItsPlace() {
        classes()
                .should()
                .resideInAnyPackage(join(GROUND, BESIDE_STREAMS, SERVICES, FEATURES, new String[] {LAUNCHER}))
                .check(classes);
    }

    @Test
    void theCoreKnowsNoJakartaEe() {
        noClasses()
                .that()
                .resideInAnyPackage(join(GROUND, BESIDE_STREAMS, packages("stream")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta..")
                .check(classes);
    }

    private static String[] packages(String... names) {
        return Arrays.stream(names).map(name -> "org.reelcast." + name + "..").toArray(String[]::new);
    }

    private static String[] join(String[]... lists) {
        return List.of(lists).stream().flatMap(Stream::of).toArray(String[]::new);
    }
}
