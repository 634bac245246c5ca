package org.reelcast.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process holds of the machine, as Linux tells.
 *
 * @param threads        of the process
 * @param requestThreads those of them with which the application server answers requests: as many as ever came at one
 *                       moment, up to a bound
 * @param files          open file descriptors that are files on disk, by path
 * @param descriptors    open file descriptors of any kind
 */
public record ProcessUsage(int threads, int requestThreads, List<Path> files, int descriptors) {
    /** Linux keeps 15 characters of "http-thread-pool::http-listener(1)". */
    private static final String REQUESTS = "http-thread-poo";

    public static ProcessUsage of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> tasks = Files.list(process.resolve("task"));
                Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            List<Path> threads = tasks.toList();
            List<Path> open = descriptors.toList();
            return new ProcessUsage(threads.size(), requestThreads(threads), filesOnDisk(open), open.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int requestThreads(List<Path> tasks) throws IOException {
        int found = 0;
        for (Path task : tasks) {
            try {
                found += Files.readString(task.resolve("comm")).startsWith(REQUESTS) ? 1 : 0;
            } catch (NoSuchFileException endedMeanwhile) {
                // one thread fewer
            }
        }
        return found;
    }

    /** Threads that no request explains. */
    public int ownThreads() {
        return threads - requestThreads;
    }

    private static List<Path> filesOnDisk(List<Path> descriptors) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path descriptor : descriptors) {
            try {
                Path file = Files.readSymbolicLink(descriptor);
                if (file.isAbsolute()) {
                    files.add(file);
                }
            } catch (NoSuchFileException closedMeanwhile) {
                // one descriptor fewer
            }
        }
        return files;
    }

    /** The films the process holds open. */
    public List<Path> filesBelow(Path folder) {
        return files.stream().filter(file -> file.startsWith(folder)).toList();
    }
}
