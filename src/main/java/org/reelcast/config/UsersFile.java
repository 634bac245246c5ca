package org.reelcast.config;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A file of users and what of their passwords is kept: a line each, {@code NAME:HASH}; lines with # are comments. */
public final class UsersFile {
    /** A colon would end it (RFC 7617 section 2). */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    private static final String FOR_ITS_OWNER = "rw-------";

    private final Path file;

    public UsersFile(Path file) {
        this.file = file;
    }

    /** By name; none when there is no file. @throws IOException also on a line that is none, with its number */
    public Map<String, PasswordHash> read() throws IOException {
        Map<String, PasswordHash> users = new TreeMap<>();
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            Optional<PasswordHash> hash = PasswordHash.parse(line.substring(colon + 1));
            if (colon < 0 || !isName(line.substring(0, colon)) || hash.isEmpty()) {
                throw new IOException(file + ", line " + (i + 1) + ": this is no user; write them by user add NAME");
            }
            users.put(line.substring(0, colon), hash.get());
        }
        return users;
    }

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Adds a user, or gives him another password. */
    public void put(String name, String password) throws IOException {
        Map<String, PasswordHash> users = read();
        users.put(name, PasswordHash.of(password));
        write(users);
    }

    /** @return whether there was one */
    public boolean remove(String name) throws IOException {
        Map<String, PasswordHash> users = read();
        boolean there = users.remove(name) != null;
        if (there) {
            write(users);
        }
        return there;
    }

    /** Whole or not at all, and for its owner alone. */
    private void write(Map<String, PasswordHash> users) throws IOException {
        List<String> lines = new ArrayList<>(List.of("# Who may call REST: java -jar reelcast.jar user add NAME"));
        users.forEach((name, hash) -> lines.add(name + ':' + hash.text()));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(whole);
        try {
            Files.createFile(
                    whole, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FOR_ITS_OWNER)));
        } catch (UnsupportedOperationException e) {
            // a file system without such permissions
            Files.createFile(whole);
        }
        Files.write(whole, lines);
        try {
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
