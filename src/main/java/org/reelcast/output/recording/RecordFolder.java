package org.reelcast.output.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.reelcast.mp4.write.Finisher;

/**
 * The folder with the recordings. One in progress is {@code NAME.mp4.tmp}, fragmented; what is made of it at the end is
 * {@code NAME.mp4.fin.tmp} until it is whole, then {@code NAME.mp4} at one stroke. Nothing is ever overwritten: when
 * a name is
 * taken, {@code -2}, {@code -3} and so on are put behind it.
 */
final class RecordFolder {
    static final String EXTENSION = ".mp4";
    static final String UNFINISHED = ".mp4.tmp";
    private static final String HALF_FINISHED = ".mp4.fin.tmp";
    private static final Logger LOG = Logger.getLogger(RecordFolder.class.getName());
    private static final int MAX_SAME = 9999;

    private final Path folder;
    /** Between two looks at the size of all recordings. */
    private static final long MEASURE_NS = 10_000_000_000L;

    private final long minFreeBytes;
    private final long maxBytes;
    private long measuredNs;
    /** -1 before it was looked at. */
    private long usedBytes = -1;
    /** Files of this process that are being written or finished. */
    private final Set<Path> busy = new HashSet<>();

    /**
     * @param minFreeBytes room that is left on the disk
     * @param maxBytes     that recordings may have together, 0 = half of the disk
     */
    RecordFolder(Path folder, long minFreeBytes, long maxBytes) {
        this.folder = folder;
        this.minFreeBytes = minFreeBytes;
        this.maxBytes = maxBytes;
    }

    /** Makes the folder. */
    void prepare() throws IOException {
        Files.createDirectories(folder);
    }

    /** Why nothing more should be written: a sentence; empty when there is room. */
    Optional<String> whyFull() throws IOException {
        FileStore disk = Files.getFileStore(folder);
        long free = disk.getUsableSpace();
        if (free < minFreeBytes) {
            return Optional.of("Only " + (free >> 20) + " MB are free in " + folder + ", record_min_free_mb="
                    + (minFreeBytes >> 20));
        }
        long most = maxBytes > 0 ? maxBytes : disk.getTotalSpace() / 2;
        long used = usedBytes();
        return used < most
                ? Optional.empty()
                : Optional.of(
                        "The recordings in " + folder + " have " + (used >> 20) + " MB, record_max_mb=" + (most >> 20));
    }

    private synchronized long usedBytes() throws IOException {
        long now = System.nanoTime();
        if (usedBytes < 0 || now - measuredNs > MEASURE_NS) {
            long bytes = 0;
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    // one that is gone by now has none
                    bytes += file.toFile().length();
                }
            }
            measuredNs = now;
            usedBytes = bytes;
        }
        return usedBytes;
    }

    /** Creates the file for a recording. @param name without extension */
    synchronized Path create(String name) throws IOException {
        prepare();
        Path file = free(name, UNFINISHED);
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("Somebody else makes files in " + folder + ": " + e.getMessage(), e);
        }
        busy.add(file);
        force(folder);
        return file;
    }

    /** Gives an unfinished file the name that it will be finished under. */
    synchronized Path rename(Path unfinished, String name) throws IOException {
        if (nameOf(unfinished).equals(name)) {
            return unfinished;
        }
        Path file = free(name, UNFINISHED);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        busy.remove(unfinished);
        busy.add(file);
        return file;
    }

    private Path free(String name, String extension) throws IOException {
        for (int i = 1; i <= MAX_SAME; i++) {
            String numbered = i == 1 ? name : name + "-" + i;
            if (Files.notExists(folder.resolve(numbered + EXTENSION))
                    && Files.notExists(folder.resolve(numbered + UNFINISHED))) {
                return folder.resolve(numbered + extension);
            }
        }
        throw new IOException("There are " + MAX_SAME + " recordings named " + name + " or they cannot be looked at");
    }

    static String nameOf(Path unfinished) {
        String name = unfinished.getFileName().toString();
        return name.substring(0, name.length() - UNFINISHED.length());
    }

    /** How long the film in an unfinished file is; empty when there is nothing in it. */
    static Optional<Long> durationUs(Path unfinished) throws IOException {
        try (FileChannel from = FileChannel.open(unfinished)) {
            return Finisher.open(from).map(Finisher::durationUs);
        }
    }

    /** The stream that is in an unfinished file; empty when there is nothing in it, or of an older version. */
    static Optional<String> streamNameOf(Path unfinished) throws IOException {
        try (FileChannel from = FileChannel.open(unfinished)) {
            return Finisher.open(from).flatMap(Finisher::title);
        }
    }

    /**
     * Makes the plain film of an unfinished file, whose own name it gets; removes that. Without room for both, the
     * unfinished one itself becomes the film: it is fragmented then, and plays as well.
     *
     * @return empty when there is nothing in the file
     */
    Optional<Path> finish(Path unfinished) throws IOException {
        // locked until the film is there: another server on this folder leaves it alone so long
        try (FileChannel from = FileChannel.open(unfinished, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (!lock(from, unfinished) || Files.notExists(unfinished)) {
                LOG.info(() -> unfinished + " is finished by another server");
                return Optional.empty();
            }
            Optional<Finisher> finisher = Finisher.open(from);
            if (finisher.isEmpty()) {
                discard(unfinished, from);
                return Optional.empty();
            }
            Path half = folder.resolve(nameOf(unfinished) + HALF_FINISHED);
            if (!copy(finisher.get(), half)) {
                from.truncate(finisher.get().wholeBytes());
                half = unfinished;
            }
            Path film = publish(half, nameOf(unfinished));
            Files.deleteIfExists(unfinished);
            force(folder);
            return Optional.of(film);
        } catch (NoSuchFileException e) {
            LOG.log(Level.INFO, "{0} was finished by another server", unfinished);
            return Optional.empty();
        } finally {
            synchronized (this) {
                busy.remove(unfinished);
            }
        }
    }

    private static void discard(Path unfinished, FileChannel from) throws IOException {
        if (Finisher.isOurs(from)) {
            Files.delete(unfinished);
        } else {
            LOG.warning(() -> unfinished + " is no recording of this server; it is left as it is");
        }
    }

    private boolean copy(Finisher finisher, Path half) throws IOException {
        try (FileChannel to = FileChannel.open(
                half, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            finisher.write(to);
            to.force(true);
            return true;
        } catch (IOException e) {
            LOG.log(Level.WARNING, half + " could not be written, the recording stays in fragments: " + e.getMessage());
            Files.deleteIfExists(half);
            return false;
        }
    }

    private synchronized Path publish(Path file, String name) throws IOException {
        Path film = folder.resolve(name + EXTENSION);
        for (int i = 2; !Files.notExists(film); i++) {
            if (i > MAX_SAME) {
                throw new IOException(folder + " takes no more recordings named " + name);
            }
            film = folder.resolve(name + "-" + i + EXTENSION);
        }
        return Files.move(file, film, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The files that an earlier process left unfinished; removes its half-finished ones. */
    synchronized List<Path> leftovers() throws IOException {
        List<Path> leftovers = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return leftovers;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (busy.contains(file)) {
                    continue;
                }
                if (name.endsWith(HALF_FINISHED)) {
                    deleteHalf(file, name);
                } else if (name.endsWith(UNFINISHED) && !isLocked(file)) {
                    busy.add(file);
                    leftovers.add(file);
                }
            }
        }
        return leftovers;
    }

    /** Unless another server is at it. */
    private void deleteHalf(Path half, String name) throws IOException {
        Path whole = folder.resolve(name.substring(0, name.length() - HALF_FINISHED.length()) + UNFINISHED);
        if (!isLocked(whole)) {
            Files.deleteIfExists(half);
        }
    }

    /** @return false when another server has it */
    private static boolean lock(FileChannel channel, Path file) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            LOG.fine(() -> file + " cannot be locked: " + e.getMessage());
            return true;
        }
    }

    /** What was made in the folder survives a power failure; where the system cannot say so, it does so by itself. */
    private static void force(Path folder) {
        try (FileChannel itself = FileChannel.open(folder, StandardOpenOption.READ)) {
            itself.force(true);
        } catch (IOException e) {
            LOG.log(Level.FINE, "A folder cannot be forced", e);
        }
    }

    /** Deletes films that are older. @return how many */
    int deleteBefore(long ms) throws IOException {
        int count = 0;
        try (DirectoryStream<Path> films = Files.newDirectoryStream(folder, "*" + EXTENSION)) {
            for (Path film : films) {
                if (Files.isRegularFile(film, LinkOption.NOFOLLOW_LINKS)
                        && Files.getLastModifiedTime(film).toMillis() < ms
                        && Files.deleteIfExists(film)) {
                    LOG.info(() -> film + " is deleted, as it is older than record_max_age");
                    count++;
                }
            }
        }
        return count;
    }

    /** Whether another process writes the file. */
    private static boolean isLocked(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            LOG.fine(() -> file + " cannot be locked: " + e.getMessage());
            return false;
        }
    }
}
