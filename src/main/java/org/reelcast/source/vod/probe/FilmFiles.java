package org.reelcast.source.vod.probe;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.reelcast.source.vod.list.FilmNames;

/** What is to be probed: files as they are named, and of folders those that look like films. */
final class FilmFiles {
    private static final Set<String> OTHER_CONTAINERS =
            Set.of("avi", "flv", "m2ts", "mpeg", "mpg", "mts", "ogv", "ts", "vob", "wmv");
    private static final int MAX_DEPTH = 32;

    private FilmFiles() {}

    /** In the order in which they are found. Nothing of them is opened. */
    static List<Path> find(List<Path> named) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                Files.walkFileTree(path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, new Visitor(found));
            } else {
                found.add(path);
            }
        }
        return found;
    }

    /** Why it is no file that can be read, a sentence; null when it can. */
    static String whyNotReadable(Path path) {
        if (!Files.exists(path)) {
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? "The link leads nowhere" : "There is no such file";
        }
        // a pipe would block, and a device may never end
        if (!Files.isRegularFile(path)) {
            return Files.isDirectory(path)
                    ? "The folder cannot be read"
                    : "It is a pipe, a socket or a device, and no file";
        }
        return Files.isReadable(path) ? null : "The file may not be read by this user";
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final List<Path> found;

        Visitor(List<Path> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            boolean looksLikeOne = FilmNames.isFilm(name) || OTHER_CONTAINERS.contains(ending);
            if (!name.startsWith(".") && (looksLikeOne || attributes.isOther())) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        /** Of these each has a sentence of its own; what is linked in a circle was seen already. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            if (!(failure instanceof FileSystemLoopException)) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
