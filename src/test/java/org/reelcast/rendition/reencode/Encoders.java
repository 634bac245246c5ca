package org.reelcast.rendition.reencode;

/** Waits for what encoders do. */
final class Encoders {

    private Encoders() {
    }

    /** An encoder that is at work when its film is closed ends its step first, and may put a segment into the cache. */
    static void awaitIdle(ReencodedVideos tracks) {
        while (tracks.encoders() > 0) {
            Thread.onSpinWait();
        }
    }

    /** At the pace of play-out the encoder has its time: until it has made nothing for a while. */
    static void settle(ReencodedRendition film) {
        long made = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < 100_000_000) {
            if (film.encodedPictures() != made) {
                made = film.encodedPictures();
                since = System.nanoTime();
            }
            Thread.onSpinWait();
        }
    }
}
