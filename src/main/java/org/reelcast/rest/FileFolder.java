package org.reelcast.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The files of one folder as seen from outside: no listing, no hidden or unfinished file, no way out. */
final class FileFolder {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("md", "text/plain; charset=utf-8"),
            Map.entry("xml", "application/xml"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff", "font/woff"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("ttf", "font/ttf"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("webm", "video/webm"),
            Map.entry("mkv", "video/x-matroska"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("wav", "audio/wav"),
            Map.entry("ogg", "audio/ogg"));

    private final Path root;

    FileFolder(Path root) {
        this.root = root;
    }

    /**
     * @param path decoded, from the folder on, with its leading slash; may be null
     * @return the regular file that is meant, when it may be seen
     */
    Optional<Path> find(String path) {
        if (path == null) {
            return Optional.empty();
        }
        try {
            Path name = Path.of(path.endsWith("/") ? path + "index.html" : path).getFileName();
            Path relative = Path.of("." + (path.endsWith("/") ? path + "index.html" : path));
            for (Path part : relative) {
                String text = part.toString();
                if (text.startsWith(".") && text.length() > 1 || text.indexOf('\\') >= 0) {
                    return Optional.empty();
                }
            }
            if (name == null || name.toString().endsWith(".tmp")) {
                return Optional.empty();
            }
            // real paths, so that links lead out as little as dots do
            Path real = root.resolve(relative).toRealPath();
            return real.startsWith(root.toRealPath()) && Files.isRegularFile(real)
                    ? Optional.of(real)
                    : Optional.empty();
        } catch (InvalidPathException | IOException e) {
            return Optional.empty();
        }
    }

    static String contentType(Path file) {
        String name = file.getFileName().toString();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }

    /** Changes when the file does (RFC 9110 section 8.8.3). */
    static String entityTag(Path file) throws IOException {
        return '"'
                + Long.toHexString(Files.size(file))
                + '-'
                + Long.toHexString(Files.getLastModifiedTime(file).toMillis())
                + '"';
    }
}
