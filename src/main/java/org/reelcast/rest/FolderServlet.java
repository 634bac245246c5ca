package org.reelcast.rest;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.reelcast.config.Keys;
import org.reelcast.config.Setting;
import org.reelcast.config.Settings;

/**
 * Serves the files of the folder that a setting names, with ranges, HEAD and ETags; the init parameter {@code setting}
 * is its key.
 */
public class FolderServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int BUFFER = 65_536;

    private transient FileFolder folder;

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
    }

    /** HEAD comes here too: the container drops the body. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Path> file = folder.find(request.getPathInfo());
        if (file.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        try (FileChannel channel = FileChannel.open(file.get())) {
            send(file.get(), channel, request, response);
        }
    }

    private static void send(Path file, FileChannel channel, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        long size = channel.size();
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
                ? ByteRange.parse(request.getHeader("Range"), size) : Optional.empty();
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
        if (!request.getMethod().equals("HEAD")) {
            copy(channel, part, response.getOutputStream());
        }
    }

    private static boolean matches(String header, String tag) {
        return header != null && (header.contains(tag) || header.trim().equals("*"));
    }

    private static void copy(FileChannel channel, ByteRange part, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long position = part.first();
        while (position <= part.last()) {
            buffer.clear().limit((int) Math.min(BUFFER, part.last() - position + 1));
            int n = channel.read(buffer, position);
            if (n < 0) {
                throw new IOException("The file became shorter while it was sent");
            }
            out.write(buffer.array(), 0, n);
            position += n;
        }
    }
}
