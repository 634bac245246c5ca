package org.reelcast.publish;

import java.util.concurrent.CompletableFuture;
import org.reelcast.stream.StreamEnd;
import org.reelcast.viewer.PlaybackFormat;
import org.reelcast.viewer.Viewer;

/** Remembers how a viewer's part ended. */
record WatchedListener(CompletableFuture<StreamEnd> end) implements Viewer.Listener {

    @Override
    public void onConnected(PlaybackFormat format) {
        // of no interest
    }

    @Override
    public void onResize(int width, int height) {
        // of no interest
    }

    @Override
    public void onNotEnoughBandwidth(long mediaBps, long linkBps) {
        // of no interest
    }

    @Override
    public void onEnd(StreamEnd how) {
        end.complete(how);
    }
}
