package org.reelcast.source.vod;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.reelcast.config.Settings;
import org.reelcast.rendition.film.Renditions;

/** Loads what would make the first viewer wait, in the background. */
final class CodecWarmUp {
    private static final Logger LOG = Logger.getLogger(CodecWarmUp.class.getName());
    private static final long END_LIMIT_MS = 5_000;

    private final FilmLibrary library;
    private final Settings settings;
    private final Executor prober;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean done;
    private volatile boolean stopping;

    /** @param prober runs the proofs of encoders, one after the other */
    CodecWarmUp(FilmLibrary library, Settings settings, Executor prober) {
        this.library = library;
        this.settings = settings;
        this.prober = prober;
    }

    /** Whether codecs are loaded; what comes after them makes nobody wait long. */
    boolean isDone() {
        return done;
    }

    void run() {
        try {
            Renditions.warmUp();
            done = true;
            library.warmUp();
            if (!stopping) {
                Renditions.chooseEncoder(settings, prober);
            }
        } finally {
            ended.countDown();
        }
    }

    /** Once the container has stopped the application, what the warm-up still has to load is no longer found. */
    void stop() {
        stopping = true;
        try {
            if (!ended.await(END_LIMIT_MS, TimeUnit.MILLISECONDS)) {
                LOG.fine("The warm-up has not ended with the server");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
