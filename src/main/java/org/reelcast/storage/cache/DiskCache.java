package org.reelcast.storage.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.CRC32;

/**
 * What was made or fetched once a film and is kept on disk: {@code <folder>/<rendition>/<entry>}. An entry is there
 * whole or not at all: written beside and moved into place, with a checksum that is held against it when it is read.
 * Bounded: when there is more than {@code maxBytes}, the entries that were not used for longest go. Never in the way:
 * what does not work here is logged once and means an entry is made again. For several threads.
 */
public final class DiskCache {
    private static final Logger LOG = Logger.getLogger(DiskCache.class.getName());
    private static final String TEMPORARY = ".part";
    /** Largest entry that is read back. */
    private static final long MAX_ENTRY_BYTES = 64L * 1024 * 1024;

    private static final int CHECKSUM_BYTES = 8;
    /** How far below its bound the cache is emptied, so that not every write has to. */
    private static final double ROOM = 0.9;

    private static final Map<Path, DiskCache> OPEN = new ConcurrentHashMap<>();

    private final Path folder;
    private final long maxBytes;
    private final AtomicLong names = new AtomicLong();
    private long total = -1;
    private boolean complained;

    /** @param maxBytes 0 keeps nothing */
    public DiskCache(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /** The cache for a folder: one in this process, so that its bound holds. A bound set anew wins. */
    public static DiskCache at(Path folder, long maxBytes) {
        return OPEN.compute(
                folder.toAbsolutePath().normalize(),
                (path, open) -> open != null && open.maxBytes == maxBytes ? open : new DiskCache(path, maxBytes));
    }

    /** The entry, null when it is not there or not whole. */
    public byte[] get(String rendition, String entry) {
        if (maxBytes == 0) {
            return null;
        }
        Path file = folder.resolve(rendition).resolve(entry);
        // asked of a File, which throws nothing: while a film is made for the first time no entry is there
        if (!file.toFile().exists()) {
            return null;
        }
        try {
            long size = Files.size(file);
            if (size > MAX_ENTRY_BYTES) {
                return null;
            }
            byte[] whole = Files.readAllBytes(file);
            int length = whole.length - CHECKSUM_BYTES;
            if (length < 0 || ByteBuffer.wrap(whole).getLong(length) != checksum(whole, length)) {
                LOG.log(Level.INFO, "{0} is damaged and is made again", file);
                Files.deleteIfExists(file);
                return null;
            }
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
            return java.util.Arrays.copyOf(whole, length);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            complain(e);
            return null;
        }
    }

    /** Whether the entry is there; it may still turn out not to be whole. */
    public boolean has(String rendition, String entry) {
        return maxBytes != 0 && Files.exists(folder.resolve(rendition).resolve(entry));
    }

    /** The names of a rendition's entries that are there; each may still turn out not to be whole. */
    public Set<String> entries(String rendition) {
        Set<String> names = new HashSet<>();
        Path place = folder.resolve(rendition);
        if (maxBytes == 0 || !Files.isDirectory(place)) {
            return names;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.endsWith(TEMPORARY)) {
                    names.add(name);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.log(Level.FINE, "{0} went away", place);
        }
        return names;
    }

    /** Whether so much can be kept at the same time. */
    public boolean holds(long bytes) {
        return bytes <= maxBytes * ROOM;
    }

    /** Keeps the entry. @return whether it is kept */
    public boolean put(String rendition, String entry, byte[] bytes) {
        if (maxBytes == 0 || bytes.length > Math.min(maxBytes, MAX_ENTRY_BYTES - CHECKSUM_BYTES)) {
            return false;
        }
        Path target = folder.resolve(rendition);
        Path part =
                target.resolve(entry + "." + ProcessHandle.current().pid() + "-" + names.incrementAndGet() + TEMPORARY);
        ByteBuffer whole =
                ByteBuffer.allocate(bytes.length + CHECKSUM_BYTES).put(bytes).putLong(checksum(bytes, bytes.length));
        try {
            Files.createDirectories(target);
            Files.write(part, whole.array());
            Files.move(part, target.resolve(entry), StandardCopyOption.ATOMIC_MOVE);
            added(whole.capacity());
            return true;
        } catch (IOException e) {
            complain(e);
            try {
                Files.deleteIfExists(part);
            } catch (IOException ignored) {
                LOG.log(Level.FINE, "{0} is left behind", part);
            }
            return false;
        }
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (long) length << 32 | crc.getValue();
    }

    private synchronized void complain(IOException e) {
        if (!complained) {
            complained = true;
            LOG.log(Level.WARNING, "Nothing is kept, {0} cannot be used: {1}", new Object[] {folder, e});
        }
    }

    private record Entry(Path file, long size, long usedMs) {}

    private synchronized void added(long bytes) throws IOException {
        total = total < 0 ? sum(entries()) : total + bytes;
        if (total > maxBytes) {
            List<Entry> entries = entries();
            entries.sort(Comparator.comparingLong(Entry::usedMs));
            total = sum(entries);
            for (Entry entry : entries) {
                if (total <= maxBytes * ROOM) {
                    break;
                }
                Files.deleteIfExists(entry.file);
                total -= entry.size;
            }
        }
    }

    private static long sum(List<Entry> entries) {
        return entries.stream().mapToLong(Entry::size).sum();
    }

    /** All that is there; what a crash left half written and folders that are empty are removed on the way. */
    private List<Entry> entries() throws IOException {
        List<Entry> found = new ArrayList<>();
        long now = System.currentTimeMillis();
        try (DirectoryStream<Path> renditions = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path rendition : renditions) {
                boolean empty = true;
                try (DirectoryStream<Path> files = Files.newDirectoryStream(rendition)) {
                    for (Path file : files) {
                        empty = false;
                        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
                        if (!file.toString().endsWith(TEMPORARY)) {
                            found.add(new Entry(
                                    file, is.size(), is.lastModifiedTime().toMillis()));
                        } else if (now - is.lastModifiedTime().toMillis() > 3_600_000) {
                            Files.deleteIfExists(file);
                        }
                    }
                } catch (NoSuchFileException e) {
                    LOG.log(Level.FINE, "{0} went away", e.getMessage());
                }
                if (empty) {
                    rendition.toFile().delete();
                }
            }
        }
        return found;
    }

    /** Bytes on disk, as far as this process knows. */
    public synchronized long totalBytes() throws IOException {
        if (total < 0) {
            total = Files.isDirectory(folder) ? sum(entries()) : 0;
        }
        return total;
    }
}
