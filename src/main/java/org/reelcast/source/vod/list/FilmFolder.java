package org.reelcast.source.vod.list;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The films in a folder and its subfolders. It is looked through when somebody asks, at most every few seconds, once for all
 * who ask meanwhile. What cannot be read, is hidden or leads out of the folder is left out.
 */
final class FilmFolder {
    private static final Logger LOG = Logger.getLogger(FilmFolder.class.getName());
    private static final long FRESH_NS = 3_000_000_000L;
    private static final int MAX_DEPTH = 32;
    private static final Comparator<FilmEntry> ORDER =
            Comparator.comparing(FilmEntry::name, String.CASE_INSENSITIVE_ORDER).thenComparing(FilmEntry::name);

    private final Path folder;
    private final boolean followsLinks;
    private final int most;
    private Films films;
    private long readNs;

    /** @param complete false when there are more than are listed */
    record Films(List<FilmEntry> all, boolean complete) {}

    /** @param followsLinks whether symbolic links may lead out of it @param most films are listed */
    FilmFolder(Path folder, boolean followsLinks, int most) {
        this.folder = folder;
        this.followsLinks = followsLinks;
        this.most = most;
    }

    /** By name. Blocks while the folder is read. */
    synchronized Films films(long nowNs) {
        if (films == null || nowNs - readNs >= FRESH_NS) {
            films = read();
            readNs = nowNs;
        }
        return films;
    }

    private Films read() {
        List<FilmEntry> found = new ArrayList<>();
        Visitor visitor = new Visitor(found);
        try {
            if (Files.isDirectory(folder)) {
                visitor.root = folder.toRealPath();
                Files.walkFileTree(visitor.root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, visitor);
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "The folder of films, " + folder + ", cannot be listed");
        }
        found.sort(ORDER);
        return new Films(List.copyOf(found), visitor.complete);
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final List<FilmEntry> found;
        private Path root;
        private boolean complete = true;

        Visitor(List<FilmEntry> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return directory.equals(root) || isListed(directory)
                    ? FileVisitResult.CONTINUE
                    : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (attributes.isRegularFile() && FilmNames.isFilm(name) && isListed(file) && Files.isReadable(file)) {
                if (found.size() == most) {
                    complete = false;
                    return FileVisitResult.TERMINATE;
                }
                found.add(new FilmEntry(
                        root.relativize(file)
                                .toString()
                                .replace(file.getFileSystem().getSeparator(), "/"),
                        attributes.size(),
                        attributes.lastModifiedTime().toMillis()));
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean isListed(Path path) {
            String name = path.getFileName().toString();
            if (name.startsWith(".") || name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
                return false;
            }
            try {
                return followsLinks
                        || !Files.isSymbolicLink(path)
                        || path.toRealPath().startsWith(root);
            } catch (IOException e) {
                return false;
            }
        }

        /** What may not be read, and folders that are linked in a circle. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            LOG.log(Level.FINE, "{0} is not listed: {1}", new Object[] {file, failure});
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
