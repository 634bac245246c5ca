package org.reelcast.rest;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.config.Version;

/** {@code /about.json}: which version this is, and where its pages are by http and https, when the ports are its own. */
@WebServlet(name = "about", urlPatterns = "/about.json")
public class AboutServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonObjectBuilder about = Json.createObjectBuilder()
                .add("name", "Reelcast")
                .add("version", Version.ofBuild().number())
                .add("commit", Version.ofBuild().commit());
        if (OwnListeners.areOpen()) {
            Settings settings = Settings.load();
            about.add(
                    "ports",
                    Json.createObjectBuilder()
                            .add("http", settings.get(Keys.HTTP_PORT))
                            .add("https", settings.get(Keys.HTTPS_PORT)));
        }
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-cache");
        response.getWriter().print(about.build());
    }
}
