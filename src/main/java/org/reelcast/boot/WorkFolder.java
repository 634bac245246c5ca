package org.reelcast.boot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A run's own folder under the system's temporary one; goes with the run, or with the next one when it was killed. */
final class WorkFolder {
    private static final String LOCK = "lock";
    private static final Pattern NAME = Pattern.compile("reelcast-(\\d+)-.*");

    /** So young a folder may be one whose process has not locked it yet. */
    private static final long STARTING_MS = 10_000;
    /** The locks of this process: Java gives a lock back with a channel that nobody holds any more. */
    private static final List<FileChannel> LOCKS = new CopyOnWriteArrayList<>();

    private WorkFolder() {}

    /** Readable by its owner alone. */
    static Path create() throws IOException {
        return create(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static Path create(Path temporary) throws IOException {
        sweep(temporary);
        Path folder = Files.createTempDirectory(
                temporary, "reelcast-" + ProcessHandle.current().pid() + "-");
        // held as long as the process lives: containers that share a temporary folder have the same numbers
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.tryLock();
        LOCKS.add(channel);
        return folder;
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
                if (name.matches()
                        && Files.isWritable(folder)
                        && isOver(Long.parseLong(name.group(1)))
                        && System.currentTimeMillis()
                                        - Files.getLastModifiedTime(folder).toMillis()
                                > STARTING_MS
                        && !isLocked(folder.resolve(LOCK))) {
                    delete(folder);
                }
            }
        }
    }

    private static boolean isOver(long pid) {
        // a folder with our own number is one of a process before us
        return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
    }

    private static boolean isLocked(Path lock) {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            // there is none, or a file system without locks
            return false;
        }
    }

    /** Another server that starts now may do the same. */
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

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }
}
