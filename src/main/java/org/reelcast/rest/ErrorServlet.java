package org.reelcast.rest;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The error page for all statuses that have none of their own: the sentence alone, where the container shows its name. */
public class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** For the container. */
    public ErrorServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (status == null) {
            // somebody asks for it by its address
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Object message = request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getWriter().println(status + (message == null ? "" : " " + message));
    }
}
