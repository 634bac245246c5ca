package org.reelcast.boot;

import java.util.logging.LogManager;

/** Keeps the log open while the server shuts down: Java's own closes it at once, so why viewers ended would be lost. */
public final class LastingLogManager extends LogManager {

    @Override
    public void reset() {
        // called by readConfiguration, which is fine, and by a shutdown hook of a class of its own, which is not
        if (!Thread.currentThread().getClass().getName().startsWith(LogManager.class.getName())) {
            super.reset();
        }
    }
}
