package org.reelcast.rest;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.reelcast.config.Keys;
import org.reelcast.config.Setting;
import org.reelcast.config.Settings;
import org.reelcast.refusal.StatusText;

/**
 * Serves the files of the folder that a setting names, with ranges, HEAD and ETags; the init parameter {@code setting}
 * is its key.
 */
public class FolderServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    /** A file, a socket and a piece of 32 KB each. */
    private static final int MOST = 500;

    private static final int MOST_OF_ONE = 250;
    /** A download that does not get on for twice so long is ended. */
    private static final long SWEEP_S = 15;

    @Resource
    private transient ManagedScheduledExecutorService scheduler;

    private final transient Downloads downloads = new Downloads(MOST, MOST_OF_ONE);
    private transient FileFolder folder;
    private transient Future<?> sweeps;

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
        sweeps = scheduler.scheduleWithFixedDelay(downloads::sweep, SWEEP_S, SWEEP_S, TimeUnit.SECONDS);
    }

    @Override
    public void destroy() {
        sweeps.cancel(false);
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
            send(file, part, request, response);
        }
    }

    /** Whether {@code If-None-Match} names that tag (RFC 9110 section 13.1.2). */
    static boolean matches(String header, String tag) {
        return header != null && (header.contains(tag) || header.trim().equals("*"));
    }

    private void send(Path file, ByteRange part, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String address = request.getRemoteAddr();
        if (!downloads.enter(address)) {
            response.reset();
            response.setHeader("Retry-After", Long.toString(SWEEP_S));
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, StatusText.SERVER_IS_OVERLOADED.text());
            return;
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(file);
        } catch (IOException e) {
            downloads.leave(address);
            throw e;
        }
        Optional<ServerConnection> connection = ServerConnection.of(request);
        connection.ifPresent(slow -> slow.boundUnsent(FileDownload.PIECE));
        AsyncContext context = request.startAsync();
        // it may take long; that it gets on is looked after
        context.setTimeout(0);
        ServletOutputStream out = response.getOutputStream();
        FileDownload download = new FileDownload(context, out, channel, part, ended -> {
            downloads.remove(ended);
            downloads.leave(address);
        });
        downloads.add(download, connection);
        out.setWriteListener(download);
    }
}
