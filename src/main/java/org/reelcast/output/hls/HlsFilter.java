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
import org.reelcast.output.hls.http.AnswerLimits;
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

    @Inject
    private transient HlsService service;

    private static final int MOST_UNSENT = 256 << 10;

    private transient List<Integer> ports = List.of();
    /** A held answer and its way: who reads more slowly could not play it, and keeps a segment in memory meanwhile. */
    private transient long limitMs;

    @Override
    public void init() {
        Settings settings = Settings.read();
        limitMs = settings.get(Keys.HLS_ANSWER_TIMEOUT);
        if (OwnListeners.areOpen()) {
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
            Optional<AnswerLimits.Asker> asker = service.askers().enter(request.getRemoteAddr());
            if (asker.isEmpty()) {
                writer.write(HlsAnswer.refusal(503, "Your address asks for too much at a time."));
            } else {
                answer(asked, request, response, writer, asker.get());
            }
        }
    }

    private void answer(
            String asked,
            HttpServletRequest request,
            HttpServletResponse response,
            AnswerWriter writer,
            AnswerLimits.Asker asker) {
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(limitMs);
        Optional<ServerConnection> connection = ServerConnection.of(request);
        connection.ifPresent(own -> own.boundUnsent(MOST_UNSENT));
        async.addListener(new End(connection, asker));
        service.get(asked, request.getQueryString(), request.getRemoteAddr())
                .whenComplete((answer, failure) -> writer.write(
                        async,
                        answer != null
                                ? asker.take(answer)
                                : HlsAnswer.refusal(500, StatusText.FAILED_BY_ERROR.text() + ".")));
    }

    /** Ends an answer that is not read, and gives back what any took. */
    private record End(Optional<ServerConnection> connection, AnswerLimits.Asker asker) implements AsyncListener {

        @Override
        public void onTimeout(AsyncEvent event) {
            asker.close();
            connection.ifPresent(ServerConnection::end);
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {
            asker.close();
        }

        @Override
        public void onError(AsyncEvent event) {
            asker.close();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // once a request
        }
    }
}
