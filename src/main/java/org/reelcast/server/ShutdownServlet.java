package org.reelcast.server;

import jakarta.ejb.EJB;
import jakarta.servlet.http.HttpServlet;

/**
 * Serves nothing; its end is the first thing that a stopping server tells the application. When the EJBs are told, the
 * web part is down, its class loader with it, and clients could no longer be sent their STOPPED.
 */
public final class ShutdownServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @EJB
    private transient Server server;

    /** For the container. */
    public ShutdownServlet() {}

    @Override
    public void destroy() {
        server.dismissClients();
    }
}
