package org.reelcast.bench.run;

/** Lets the load run. */
final class Pause {
    private Pause() {}

    static void seconds(double seconds) {
        try {
            Thread.sleep(Math.round(seconds * 1000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
