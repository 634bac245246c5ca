package org.reelcast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
    /** Linux gives no process a number above 4194304. */
    private static final String NO_PROCESS = "reelcast-2147483647-x";

    @TempDir
    private Path temporary;

    @Test
    void folderOfAKilledRun_isSweptAway_othersAreNot() throws IOException {
        Files.createDirectories(temporary.resolve(NO_PROCESS + "/server/runtime"));
        Files.writeString(temporary.resolve(NO_PROCESS + "/server/runtime/a.jar"), "jar");
        String running =
                "reelcast-" + ProcessHandle.current().parent().orElseThrow().pid() + "-x";
        Files.createDirectories(temporary.resolve(running));
        Files.createDirectories(temporary.resolve("reelcast-films"));
        makeOld(temporary.resolve(NO_PROCESS));
        makeOld(temporary.resolve(running));
        Path folder = WorkFolder.create(temporary);
        assertTrue(Files.isDirectory(folder));
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(
                    Set.of(running, "reelcast-films", folder.getFileName().toString()),
                    left.map(path -> path.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    /** Containers that share a temporary folder have processes of the same numbers. */
    @Test
    void folderThatSomebodyHolds_isNotSwept_whateverItsNumber() throws Exception {
        Path first = WorkFolder.create(temporary);
        makeOld(first);
        collectGarbage();
        Path second = WorkFolder.create(temporary);
        makeOld(second);
        assertTrue(Files.isDirectory(first) && Files.isDirectory(second));
        Files.delete(first.resolve("lock"));
        makeOld(first);
        WorkFolder.create(temporary);
        assertTrue(Files.notExists(first) && Files.isDirectory(second));
    }

    @Test
    void sweeping_doesNotFollowLinks() throws IOException {
        Path kept = Files.writeString(
                Files.createDirectories(temporary.resolve("films")).resolve("a.mp4"), "film");
        Files.createDirectories(temporary.resolve(NO_PROCESS));
        Files.createSymbolicLink(temporary.resolve(NO_PROCESS).resolve("link"), kept.getParent());
        makeOld(temporary.resolve(NO_PROCESS));
        WorkFolder.create(temporary);
        assertTrue(Files.exists(kept) && Files.notExists(temporary.resolve(NO_PROCESS)));
    }

    /** Another process of the same number may be about to lock its own. */
    @Test
    void folderThatIsNewAndNotLocked_isLeft() throws IOException {
        Path starting = Files.createDirectories(temporary.resolve(NO_PROCESS));
        WorkFolder.create(temporary);
        assertTrue(Files.exists(starting));
    }

    /** Until what nobody refers to any more has been found. */
    private static void collectGarbage() throws InterruptedException {
        ReferenceQueue<Object> found = new ReferenceQueue<>();
        PhantomReference<Object> garbage = new PhantomReference<>(new Object(), found);
        do {
            System.gc();
        } while (found.remove(100) != garbage);
    }

    private static void makeOld(Path folder) throws IOException {
        Files.setLastModifiedTime(folder, FileTime.fromMillis(System.currentTimeMillis() - 60_000));
    }
}
