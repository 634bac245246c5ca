package org.reelcast.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.cluster.ViewerAddress;

/**
 * {@code /loadbalancer}: what the {@code lbUrl} of WCS's browser SDK asks for, {@code {"server":"10.0.0.2","ws":"8080",
 * "wss":"8443"}}; 503 when no node takes a viewer. Our own player learns from {@code nodes} whom to ask when this one is
 * gone. Pages of any origin may ask.
 */
@WebServlet(name = "loadbalancer", urlPatterns = "/loadbalancer", asyncSupported = true)
public class LoadBalanceServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(LoadBalanceServlet.class.getName());

    @Inject
    private transient LoadBalancing balancing;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Cache-Control", "no-store");
        String host = request.getServerName();
        JsonArray others = Json.createArrayBuilder(balancing.others(
                        request.isSecure(), request.getContextPath().replaceFirst("^/(.+)", "$1/") + "loadbalancer"))
                .build();
        AsyncContext waiting = request.startAsync();
        balancing.next().whenComplete((address, failure) -> {
            try {
                answer(response, failure == null ? address : Optional.empty(), host, others);
            } catch (IOException e) {
                LOG.log(Level.FINE, "Who asked is gone", e);
            } finally {
                waiting.complete();
            }
        });
    }

    /** @param host by which this server was asked: what it is called when it does not say */
    private static void answer(
            HttpServletResponse response, Optional<ViewerAddress> address, String host, JsonArray others)
            throws IOException {
        if (address.isEmpty()) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "No node takes viewers now.");
            return;
        }
        ViewerAddress to = address.get();
        JsonObject body = Json.createObjectBuilder()
                .add("server", to.host().isEmpty() ? host : to.host())
                .add("ws", Integer.toString(to.ws()))
                .add("wss", Integer.toString(to.wss()))
                .add("nodes", others)
                .build();
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().print(body);
    }
}
