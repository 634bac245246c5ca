package org.reelcast.rest;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.reelcast.config.Keys;
import org.reelcast.config.Setting;
import org.reelcast.config.Settings;

/**
 * Serves the files of the folder that a setting names, with ranges, HEAD and ETags; the init parameter {@code setting}
 * is its key.
 */
public class FolderServlet extends DownloadServlet {
    private static final long serialVersionUID = 1L;
    /** Each with an open file, too. */
    private static final int MOST = 500;

    private transient FileFolder folder;

    /** For the container. */
    public FolderServlet() {
        super(MOST);
    }

    @Override
    public void init() throws ServletException {
        String key = getInitParameter("setting");
        Settings settings = Settings.read();
        for (Setting<?> setting : Keys.all()) {
            if (setting.name().equals(key) && settings.get(setting) instanceof Path path) {
                folder = new FileFolder(path);
            }
        }
        if (folder == null) {
            throw new ServletException("No setting " + key + " names a folder");
        }
        super.init();
    }

    /** HEAD comes here too: the container drops the body. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Path> file = folder.find(request.getPathInfo());
        if (file.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        answer(file.get(), Files.size(file.get()), request, response);
    }

    private void answer(Path file, long size, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String tag = FileFolder.entityTag(file);
        response.setHeader("ETag", tag);
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (matches(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        String onlyIf = request.getHeader("If-Range");
        Optional<ByteRange> range = onlyIf == null || onlyIf.equals(tag)
                ? ByteRange.parse(request.getHeader("Range"), size)
                : Optional.empty();
        if (range.isPresent() && !range.get().isSatisfiable()) {
            response.setHeader("Content-Range", "bytes */" + size);
            response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            return;
        }
        ByteRange part = range.orElse(new ByteRange(0, size - 1));
        if (range.isPresent()) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader("Content-Range", "bytes " + part.first() + '-' + part.last() + '/' + size);
        }
        response.setContentType(FileFolder.contentType(file));
        response.setContentLengthLong(part.length());
        if (!request.getMethod().equals("HEAD") && part.length() > 0) {
            downloads.send(FileDownload.Content.of(FileChannel.open(file)), part, request, response);
        }
    }

    /** Whether {@code If-None-Match} names that tag (RFC 9110 section 13.1.2). */
    static boolean matches(String header, String tag) {
        return header != null && (header.contains(tag) || header.trim().equals("*"));
    }
}
