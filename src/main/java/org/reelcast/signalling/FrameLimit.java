package org.reelcast.signalling;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.spi.ServerContainer;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/**
 * Bounds what Tyrus keeps of a frame that has not come whole: by itself 4 MB a socket, whatever a message may have. It
 * copies all that it keeps each time more comes.
 */
@WebListener
public final class FrameLimit implements ServletContextListener {
    /** How much Tyrus reads at once, of web.xml: what it has read it keeps beside what is left of before. */
    static final String READ_SIZE = "org.glassfish.tyrus.servlet.incoming-buffer-size";

    /** The longest header of a frame (RFC 6455 section 5.2). */
    private static final int HEADER = 14;

    /** For the container. */
    public FrameLimit() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        bound(event.getServletContext(), Settings.read().get(Keys.WS_MAX_MESSAGE_SIZE));
    }

    /** @param maxMessageSize of a frame, too */
    static void bound(ServletContext context, int maxMessageSize) {
        if (context.getAttribute(jakarta.websocket.server.ServerContainer.class.getName())
                        instanceof ServerContainer tyrus
                && tyrus.getWebSocketEngine() instanceof TyrusWebSocketEngine engine) {
            engine.setIncomingBufferSize(
                    maxMessageSize + HEADER + Integer.parseInt(context.getInitParameter(READ_SIZE)));
        }
    }
}
