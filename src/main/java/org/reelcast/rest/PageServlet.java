package org.reelcast.rest;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/**
 * Serves the pages, their scripts and the SDK from memory, compressed where the client takes that. Browsers ask each time
 * whether a file has changed, so that after an upgrade old and new modules never mix. Mapped in web.xml, to all that nobody
 * else serves.
 */
public class PageServlet extends DownloadServlet {
    private static final long serialVersionUID = 1L;
    private static final Set<String> PRIVATE = Set.of("/WEB-INF/", "/META-INF/", "/parts/");
    /** Where a page has a part that it shares with others. */
    private static final Pattern PART = Pattern.compile(" *<!-- part ([a-z]+) -->\n");
    /** Files that have another name when they have another content. */
    private static final Pattern HASHED = Pattern.compile("-[A-Z0-9]{8}\\.js(\\.map)?$");

    private static final String NOT_FOUND = "/404.html";
    /** What a page that is shown at any depth stands for. */
    private static final String BASE = "<base href=\"./\">";

    /** A thousand viewers behind one address open the page at once. */
    private static final int MOST = 2_000;
    /** In bytes; what is longer would fill the heap, and hold threads, while nobody reads it. */
    private static final int AT_ONCE = 16 << 10;

    private final transient Map<String, PageFile> files = new HashMap<>();
    private transient PageHeaders headers;

    /** For the container. */
    public PageServlet() {
        super(MOST);
    }

    @Override
    public void init() throws ServletException {
        headers = new PageHeaders(Settings.read().get(Keys.HSTS_MAX_AGE));
        try {
            read(getServletContext(), "/");
        } catch (IOException e) {
            throw new ServletException("The application's own files cannot be read", e);
        }
        super.init();
    }

    private void read(ServletContext context, String folder) throws IOException {
        Set<String> paths = context.getResourcePaths(folder);
        for (String path : paths == null ? Set.<String>of() : paths) {
            if (PRIVATE.contains(path)) {
                continue;
            }
            if (path.endsWith("/")) {
                read(context, path);
            } else {
                byte[] body = content(context, path);
                files.put(path, PageFile.of(path, path.endsWith(".html") ? whole(context, body) : body));
            }
        }
    }

    private static byte[] whole(ServletContext context, byte[] page) throws IOException {
        Matcher part = PART.matcher(new String(page, StandardCharsets.UTF_8));
        StringBuilder whole = new StringBuilder();
        while (part.find()) {
            String content = new String(content(context, "/parts/" + part.group(1) + ".html"), StandardCharsets.UTF_8);
            part.appendReplacement(whole, Matcher.quoteReplacement(content));
        }
        return part.appendTail(whole).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] content(ServletContext context, String path) throws IOException {
        try (InputStream in = context.getResourceAsStream(path)) {
            return in.readAllBytes();
        }
    }

    /** HEAD comes here too: the container drops the body. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            notFound(
                    request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)
                            .toString()
                            .substring(request.getContextPath().length()),
                    request,
                    response);
            return;
        }
        String path = RequestPath.of(request);
        PageFile file = find(path);
        if (file == null) {
            notFound(path, request, response);
            return;
        }
        boolean compressed = ContentCoding.takesGzip(request.getHeader("Accept-Encoding"));
        String tag = file.tag(compressed);
        headers.of(path, request.isSecure()).forEach(response::setHeader);
        response.setHeader("ETag", tag);
        response.setHeader(
                "Cache-Control", HASHED.matcher(path).find() ? "public, max-age=31536000, immutable" : "no-cache");
        response.setHeader("Vary", "Accept-Encoding");
        if (FolderServlet.matches(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        if (compressed) {
            response.setHeader("Content-Encoding", "gzip");
        }
        write(file.type(), compressed ? file.gzip() : file.body(), request, response);
    }

    /** A page also without its ending: {@code /embed}. */
    private PageFile find(String path) {
        if (path.isEmpty() || path.equals("/")) {
            return files.get("/index.html");
        }
        PageFile file = files.get(path);
        return file != null ? file : files.get(path + ".html");
    }

    /** Its links work at any depth, also where a proxy has the server in a folder. */
    private void notFound(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        response.setHeader("Cache-Control", "no-store");
        headers.of(path, request.isSecure()).forEach(response::setHeader);
        PageFile page = files.get(NOT_FOUND);
        String root = "../"
                .repeat((int) path.chars().skip(1).filter(each -> each == '/').count());
        String text = new String(page.body(), StandardCharsets.UTF_8).replace(BASE, "<base href=\"./" + root + "\">");
        write(page.type(), text.getBytes(StandardCharsets.UTF_8), request, response);
    }

    private void write(String type, byte[] body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        if (body.length <= AT_ONCE) {
            response.getOutputStream().write(body);
        } else if (!request.getMethod().equals("HEAD")) {
            downloads.send(FileDownload.Content.of(body), new ByteRange(0, body.length - 1), request, response);
        }
    }
}
