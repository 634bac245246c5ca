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
 * @param threads     of the process
 * @param files       open file descriptors that are files on disk, by path
 * @param descriptors open file descriptors of any kind
 */
public record ProcessUsage(int threads, List<Path> files, int descriptors) {

    public static ProcessUsage of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> threads = Files.list(process.resolve("task"));
                Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            List<Path> open = descriptors.toList();
            return new ProcessUsage((int) threads.count(), filesOnDisk(open), open.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
