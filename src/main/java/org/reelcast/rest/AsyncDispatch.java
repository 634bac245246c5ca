package org.reelcast.rest;

import jakarta.servlet.AsyncContext;
import java.lang.reflect.Method;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The dispatch of a request that had waited (Servlet 6.0, section 2.3.3.3). Payara loses one that another thread asks
 * for just while the first thread leaves the container, the first of a server mostly, as classes are loaded then; the
 * client is answered 500 when the time of the request is over. So the other thread lets the first one leave.
 */
final class AsyncDispatch {
    private static final Logger LOG = Logger.getLogger(AsyncDispatch.class.getName());
    private static final String PAYARA = "org.apache.catalina.connector.AsyncContextImpl";
    private static final long PAUSE_NS = 50_000;

    private final AsyncContext context;
    private final Thread first;
    private final long deadline;

    /**
     * To be made by the thread that began to wait.
     *
     * @param limitMs how long the request may wait
     */
    AsyncDispatch(AsyncContext context, long limitMs) {
        this.context = context;
        this.first = Thread.currentThread();
        this.deadline = System.nanoTime() + limitMs * 1_000_000;
    }

    /** Lets the request go on. */
    void run() {
        if (Thread.currentThread() != first) {
            awaitExit();
        }
        context.dispatch();
    }

    private void awaitExit() {
        try {
            Method within = context.getClass().getDeclaredMethod("isDelayAsyncDispatchAndComplete");
            within.setAccessible(true);
            while ((boolean) within.invoke(context) && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            boolean expected = !context.getClass().getName().equals(PAYARA);
            LOG.log(expected ? Level.FINE : Level.WARNING, "Dispatches of this server may get lost", e);
        }
    }
}
