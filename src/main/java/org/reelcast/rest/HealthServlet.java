package org.reelcast.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.reelcast.config.Version;
import org.reelcast.server.ReadinessCheck;
import org.reelcast.server.Server;

/**
 * {@code /health/live}: the server works, else it is to be started anew. {@code /health/ready}: it can take viewers. 200 with {@code "status":"UP"},
 * else 503 with {@code "DOWN"} and the reasons.
 */
@WebServlet(
        name = "health",
        urlPatterns = {"/health", "/health/live", "/health/ready"},
        loadOnStartup = 1)
public class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    /** For the launcher, to whom the server does not say whether its application is up. */
    private static final String STARTED = "reelcast.started";

    @EJB
    private transient Server server;

    @Inject
    @Any
    private transient Instance<ReadinessCheck> checks;

    @Override
    public void init() {
        System.setProperty(STARTED, "true");
    }

    @Override
    public void destroy() {
        System.clearProperty(STARTED);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> dead = server.selfTest().whyDead();
        boolean up = dead.isEmpty();
        JsonArrayBuilder list = Json.createArrayBuilder();
        list.add(entry("self-test", dead, Optional.empty()));
        if (!request.getServletPath().endsWith("/live")) {
            for (ReadinessCheck check : checks) {
                Optional<String> reason = check.whyNotReady();
                up &= reason.isEmpty();
                list.add(entry(check.name(), reason, check.detail()));
            }
        }
        JsonObject body = Json.createObjectBuilder()
                .add("status", up ? "UP" : "DOWN")
                .add("version", Version.ofBuild().number())
                .add("commit", Version.ofBuild().commit())
                .add("checks", list)
                .build();
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print(body);
    }

    private static JsonObjectBuilder entry(String name, Optional<String> reason, Optional<String> detail) {
        JsonObjectBuilder entry =
                Json.createObjectBuilder().add("name", name).add("status", reason.isEmpty() ? "UP" : "DOWN");
        reason.ifPresent(sentence -> entry.add("reason", sentence));
        detail.ifPresent(sentence -> entry.add("detail", sentence));
        return entry;
    }
}
