package org.reelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.OnLoop;

/** Nothing that blocks is called on a media loop, as far as annotations and bytecode say. */
class ThreadRulesTest {

    @Test
    void nothingBlocksOnALoop() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.reelcast");
        assertEquals("", String.join("\n", ThreadRules.violations(classes)));
        assertTrue(count(classes, OnLoop.class) > 100, "methods on a loop");
        assertTrue(count(classes, Blocking.class) > 20, "methods that block");
    }

    private static long count(JavaClasses classes, Class<? extends java.lang.annotation.Annotation> mark) {
        return classes.stream()
                .map(JavaClass::getCodeUnits)
                .flatMap(Set::stream)
                .filter(method -> ThreadRules.isMarked(method, mark))
                .count();
    }

    /** What is wrong here is found, and nothing else. */
    @Test
    void rulesFindWhatIsWrong() {
        JavaClasses samples = new ClassFileImporter()
                .importClasses(Samples.class, Disk.class, LocalDisk.class, Output.class, MediaLoop.class);
        assertEquals(
                Set.of(
                        "Samples.blocks -> Disk.read",
                        "Samples.byOneOfItsOwn -> Samples.helper -> Disk.read",
                        "Samples.byLambda -> Disk.read",
                        "Samples.byReference -> Disk.read",
                        "Samples.bySubclass -> LocalDisk.read",
                        "Samples.byAnother -> Samples.elsewhere -> Disk.read",
                        "Samples.postsToTheLoop -> Disk.read",
                        "Samples.postsAReference -> Disk.read",
                        "Samples.onFrame -> Disk.read"),
                ThreadRules.violations(samples));
    }

    interface Disk {
        @Blocking
        int read();
    }

    static final class LocalDisk implements Disk {
        @Override
        public int read() {
            return 1;
        }
    }

    @OnLoop
    interface Output {
        void onFrame();
    }

    /** Wrong and right ways to come from a loop to a disk. */
    @SuppressWarnings("unused")
    static final class Samples implements Output {
        private final Disk disk = new LocalDisk();
        private MediaLoop loop;
        private Executor executor;

        @OnLoop
        int blocks() {
            return disk.read();
        }

        @OnLoop
        int byOneOfItsOwn() {
            return helper();
        }

        private int helper() {
            return disk.read();
        }

        @OnLoop
        Supplier<Integer> byLambda() {
            return () -> disk.read();
        }

        @OnLoop
        Supplier<Integer> byReference() {
            return disk::read;
        }

        @OnLoop
        int bySubclass() {
            return new LocalDisk().read();
        }

        void postsToTheLoop() {
            loop.execute(() -> disk.read());
        }

        void postsAReference() {
            loop.at(1, disk::read);
        }

        @OnLoop
        int byAnother() {
            return elsewhere();
        }

        /** By what it overrides. */
        @Override
        public void onFrame() {
            disk.read();
        }

        @OnLoop
        void handsOver() {
            executor.execute(() -> disk.read());
        }

        @OnLoop
        void handsOverAReference() {
            executor.execute(disk::read);
        }

        @OnLoop
        void handsOverByAHelper() {
            inTask(() -> disk.read());
        }

        private void inTask(Runnable task) {
            executor.execute(task);
        }

        @AnyThread
        int elsewhere() {
            return disk.read();
        }
    }
}
