package org.reelcast.source.vod;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Segments of re-encoded films for other nodes of the cluster, and for nobody else; what is asked is in SegmentExchange. */
@WebServlet(name = "segments", urlPatterns = SegmentExchange.PATH, asyncSupported = true)
public class SegmentServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(SegmentServlet.class.getName());
    private static final long LIMIT_MS = 5_000;

    @Inject
    private transient VodService service;

    /** For the container. */
    public SegmentServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SegmentSupply supply = service.segments();
        if (!supply.isKnown(request.getHeader(SegmentExchange.SECRET))) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Optional<SegmentSupply.Wish> wish = SegmentSupply.Wish.of(request::getParameter);
        if (wish.isEmpty()) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        AsyncContext waiting = request.startAsync();
        waiting.setTimeout(LIMIT_MS);
        try {
            supply.tasks().execute(() -> answer(supply, wish.get(), response, waiting));
        } catch (RejectedExecutionException e) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            waiting.complete();
        }
    }

    private static void answer(
            SegmentSupply supply, SegmentSupply.Wish wish, HttpServletResponse response, AsyncContext waiting) {
        try {
            Optional<byte[]> bytes = supply.segment(wish);
            if (bytes.isPresent()) {
                response.setContentType("application/octet-stream");
                response.setContentLength(bytes.get().length);
                response.getOutputStream().write(bytes.get());
            } else {
                response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            }
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.FINE, "The node that asked is gone", e);
        } finally {
            try {
                waiting.complete();
            } catch (IllegalStateException e) {
                LOG.log(Level.FINE, "It took too long", e);
            }
        }
    }
}
