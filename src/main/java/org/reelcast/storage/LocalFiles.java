package org.reelcast.storage;

import static org.reelcast.refusal.StatusText.FILE_NOT_FOUND;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.reelcast.refusal.Refusal;

/**
 * The films in one folder and its subfolders, by the name in a {@code vod://} address. A name is percent-decoded once
 * and must lead to a regular, readable file inside the folder; all else is refused as not found, so that nobody
 * outside learns what lies beyond the folder.
 */
public final class LocalFiles {
    private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:.*", Pattern.DOTALL);

    private final Path folder;
    private final boolean followSymlinks;

    /**
     * @param folder         where the films are; need not exist yet
     * @param followSymlinks whether links in the folder may lead out of it
     */
    public LocalFiles(Path folder, boolean followSymlinks) {
        this.folder = folder.toAbsolutePath().normalize();
        this.followSymlinks = followSymlinks;
    }

    /**
     * Opens a film.
     *
     * @param name as in the address behind {@code vod://}, still percent-encoded
     * @throws Refusal when the name leads to no file that may be had
     */
    public LocalFile open(String name) throws Refusal {
        Path file = resolve(name);
        try {
            return LocalFile.open(file);
        } catch (IOException e) {
            throw new Refusal(FILE_NOT_FOUND, "File " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** The name by which the file of that real path is had; empty when it is not in the folder. */
    public Optional<String> nameOf(String path) {
        try {
            Path root = folder.toRealPath();
            Path file = Path.of(path);
            return file.startsWith(root)
                    ? Optional.of(new URI(null, null, "/" + root.relativize(file), null)
                            .toASCIIString()
                            .substring(1))
                    : Optional.empty();
        } catch (IOException | URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Finds a film without opening it.
     *
     * @return the file's real path
     * @throws Refusal as {@link #open}
     */
    public Path resolve(String name) throws Refusal {
        String decoded = PercentDecoder.decode(name).orElseThrow(() -> refused(name, "is not percent-encoded UTF-8"));
        checkName(name, decoded);
        Path file;
        try {
            file = folder.resolve(decoded).normalize();
        } catch (InvalidPathException e) {
            throw refused(name, "is not a file name here: " + e.getReason());
        }
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw refused(name, "leads out of " + folder);
        }
        try {
            Path real = file.toRealPath();
            if (!followSymlinks && !real.startsWith(folder.toRealPath())) {
                throw refused(name, "leads out of " + folder + " by a symbolic link (media_follow_symlinks=false)");
            }
            // a pipe or a device would block or never end
            if (!Files.isRegularFile(real)) {
                throw refused(name, "is not a regular file");
            }
            if (!Files.isReadable(real)) {
                throw refused(name, "may not be read by this server");
            }
            return real;
        } catch (Refusal e) {
            throw e;
        } catch (IOException e) {
            throw refused(name, "is not in " + folder);
        }
    }

    private static void checkName(String name, String decoded) throws Refusal {
        if (decoded.isEmpty()) {
            throw refused(name, "is empty");
        }
        if (DRIVE.matcher(decoded).matches()) {
            throw refused(name, "starts with a drive letter");
        }
        for (int i = 0; i < decoded.length(); i++) {
            char c = decoded.charAt(i);
            if (c == '\\' || Character.isISOControl(c)) {
                throw refused(name, "holds a backslash or a control character");
            }
        }
        for (String segment : decoded.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw refused(name, "holds an empty or dot segment");
            }
        }
    }

    private static Refusal refused(String name, String why) {
        return new Refusal(FILE_NOT_FOUND, "File name '" + printable(name) + "' " + why);
    }

    private static String printable(String name) {
        String shortened = name.length() > 200 ? name.substring(0, 200) + "..." : name;
        return shortened.replaceAll("\\p{Cntrl}", "?");
    }
}
