package org.reelcast.output.hls;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.output.hls.http.AnswerWriter;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.refusal.StatusText;
import org.reelcast.rest.OwnListeners;

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
            async.setTimeout(0);
            service.get(asked, request.getQueryString()).whenComplete((answer, failure) -> writer.write(async,
                    answer != null ? answer : HlsAnswer.refusal(500, StatusText.FAILED_BY_ERROR.text() + ".")));
        }
    }
}
