package org.reelcast.source.publish;

import java.util.concurrent.CompletableFuture;
import org.reelcast.output.webrtc.PlaybackFormat;
import org.reelcast.output.webrtc.Viewer;
import org.reelcast.stream.StreamEnd;

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
