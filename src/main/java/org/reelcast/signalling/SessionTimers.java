package org.reelcast.signalling;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.server.ServerContainer;
import java.lang.reflect.Field;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.tyrus.core.BaseContainer;

/**
 * Gives Tyrus a plain scheduler for its sessions' idle timers. It starts one anew at each message that comes or goes,
 * also where a session has no idle timeout, as all of ours; and the container's managed scheduler, which it takes by
 * itself, collects the caller's context each time, for which it searches all of the server's libraries: a tenth of a ms
 * ten times a viewer. There is no setting for it. With a Tyrus that looks otherwise inside all works as well, only
 * slower.
 */
@WebListener
public final class SessionTimers implements ServletContextListener {
    private static final Logger LOG = Logger.getLogger(SessionTimers.class.getName());
    /** Of {@link BaseContainer}. */
    static final String FIELD = "managedScheduledExecutorService";

    private Timers timers;

    /** For the container. */
    public SessionTimers() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (!(event.getServletContext().getAttribute(ServerContainer.class.getName()) instanceof BaseContainer tyrus)) {
            return;
        }
        try {
            Field field = BaseContainer.class.getDeclaredField(FIELD);
            field.setAccessible(true);
            timers = new Timers();
            field.set(tyrus, timers);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.FINE, "The server's WebSockets keep their own timers", e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (timers != null) {
            timers.shutdownNow();
        }
    }

    /** Runs what has a delay. What has none is the idle timer of a session without idle timeout: it does nothing. */
    static final class Timers extends ScheduledThreadPoolExecutor {
        private final ScheduledFuture<?> done;

        Timers() {
            super(1, task -> {
                Thread thread = new Thread(task, "websocket-timers");
                thread.setDaemon(true);
                return thread;
            });
            setRemoveOnCancelPolicy(true);
            done = super.schedule(() -> {}, 0, TimeUnit.MILLISECONDS);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable timer, long delay, TimeUnit unit) {
            return delay <= 0 ? done : super.schedule(timer, delay, unit);
        }
    }
}
