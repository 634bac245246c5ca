package org.reelcast.output.hls;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.output.hls.http.AnswerWriter;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.refusal.StatusText;
import org.reelcast.rest.OwnListeners;
import org.reelcast.rest.ServerConnection;

/**
 * Takes the requests for HLS: all that come to WCS's ports for it, and those to {@code /hls/} on others. Holds no thread
 * while an answer is waited for or written.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class HlsFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String FOLDER = "/hls/";
    /** A held answer and its way: who reads more slowly could not play it, and keeps a segment in memory meanwhile. */
    private static final long LIMIT_MS = 120_000;

    @Inject
    private transient HlsService service;

    private static final int MOST_UNSENT = 256 << 10;

    private transient List<Integer> ports = List.of();

    @Override
    public void init() {
        if (OwnListeners.areOpen()) {
            Settings settings = Settings.read();
            ports = List.of(settings.get(Keys.HLS_PORT), settings.get(Keys.HLS_HTTPS_PORT));
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        boolean inFolder = path.startsWith(FOLDER);
        if (!inFolder && !ports.contains(request.getLocalPort())) {
            chain.doFilter(request, response);
            return;
        }
        AnswerWriter writer = new AnswerWriter(request, response);
        if (request.getMethod().equals("OPTIONS")) {
            writer.preflight();
        } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD, OPTIONS");
            writer.write(HlsAnswer.refusal(405, "Media is read alone."));
        } else {
            String asked = inFolder ? path.substring(FOLDER.length() - 1) : path;
            AsyncContext async = request.startAsync(request, response);
            async.setTimeout(LIMIT_MS);
            Optional<ServerConnection> connection = ServerConnection.of(request);
            connection.ifPresent(own -> own.boundUnsent(MOST_UNSENT));
            async.addListener(new Overdue(connection));
            service.get(asked, request.getQueryString()).whenComplete((answer, failure) -> writer.write(async,
                    answer != null ? answer : HlsAnswer.refusal(500, StatusText.FAILED_BY_ERROR.text() + ".")));
        }
    }

    /** Ends an answer that is not read. */
    private record Overdue(Optional<ServerConnection> connection) implements AsyncListener {

        @Override
        public void onTimeout(AsyncEvent event) {
            connection.ifPresent(ServerConnection::end);
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {
            // as it should be
        }

        @Override
        public void onError(AsyncEvent event) {
            // the writer hears of it
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // once a request
        }
    }
}
