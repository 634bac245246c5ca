package org.reelcast.webrtc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.reelcast.refusal.StatusText;

/** Remembers what became of a connection. */
public final class PeerEvents implements PeerListener {
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> keyFrameRequest = new CompletableFuture<>();

    @Override
    public void onConnected() {
        connected.complete(null);
    }

    @Override
    public void onFailed(StatusText reason) {
        ended.complete(reason.text());
    }

    @Override
    public void onClosed() {
        ended.complete("closed");
    }

    @Override
    public void onKeyFrameRequest() {
        keyFrameRequest.complete(null);
    }

    public void awaitConnected() throws Exception {
        CompletableFuture.anyOf(connected, ended).get(20, TimeUnit.SECONDS);
        connected.get(0, TimeUnit.SECONDS);
    }

    /** @return the info string, or "closed" */
    public String awaitEnd() throws Exception {
        return ended.get(20, TimeUnit.SECONDS);
    }

    public void awaitKeyFrameRequest() throws Exception {
        keyFrameRequest.get(20, TimeUnit.SECONDS);
    }

    public boolean hasEnded() {
        return ended.isDone();
    }
}
