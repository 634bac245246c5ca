package org.reelcast.rest;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Serves what is more than a few lines, to people who may be slow to read. */
abstract class DownloadServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Resource
    transient ManagedScheduledExecutorService scheduler;

    final transient Downloads downloads;
    private transient Future<?> sweeps;

    /** @param most at the same time, with a socket and a piece of 32 KB each; one address has half of them */
    DownloadServlet(int most) {
        downloads = new Downloads(most, most / 2);
    }

    @Override
    public void init() throws ServletException {
        sweeps = scheduler.scheduleWithFixedDelay(
                downloads::sweep, Downloads.SWEEP_S, Downloads.SWEEP_S, TimeUnit.SECONDS);
    }

    @Override
    public void destroy() {
        sweeps.cancel(false);
    }
}
