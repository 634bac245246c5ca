package org.reelcast.boot;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A run's own folder under the system's temporary one; goes with the run, or with the next one when it was killed. */
final class WorkFolder {
    private static final Pattern NAME = Pattern.compile("reelcast-(\\d+)-.*");

    private WorkFolder() {
    }

    /** Readable by its owner alone. */
    static Path create() throws IOException {
        return create(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static Path create(Path temporary) throws IOException {
        sweep(temporary);
        return Files.createTempDirectory(temporary, "reelcast-" + ProcessHandle.current().pid() + "-");
    }

    /**
     * Has {@code folder} deleted at the end with what is in it now. Not by a shutdown hook: Java runs those side by
     * side, and the server still reads its jars while it shuts down.
     */
    static void deleteAtEnd(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(file -> file.toFile().deleteOnExit());
        }
    }

    private static void sweep(Path temporary) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, "reelcast-*")) {
            for (Path folder : folders) {
                Matcher name = NAME.matcher(folder.getFileName().toString());
                if (name.matches() && Files.isWritable(folder) && isOver(Long.parseLong(name.group(1)))) {
                    delete(folder);
                }
            }
        }
    }

    private static boolean isOver(long pid) {
        // a folder with our own number is one of a process before us
        return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
