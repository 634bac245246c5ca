package org.reelcast.bench.load;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** One viewer with the signalling that brought it in, and when it asked. */
final class Guest {
    private final LoadViewer viewer;
    private final Signalling signalling;
    private final String stream;
    private volatile long askedUs;
    private volatile String failure;

    Guest(LoadNetwork network, Signalling signalling, String stream) throws IOException {
        this.signalling = signalling;
        this.stream = stream;
        viewer = new LoadViewer(network, this::fail);
    }

    private void fail(String why) {
        failure = failure == null ? why : failure;
    }

    /** Connects and asks to play; returns at once. */
    void join() {
        CompletableFuture<Void> played = signalling.connect().thenCompose(connected -> {
            askedUs = WallClock.nowUs();
            return signalling.play(viewer, stream);
        });
        played.whenComplete((done, error) -> {
            if (error != null) {
                Throwable cause = error.getCause() == null ? error : error.getCause();
                fail(String.valueOf(cause.getMessage()));
            }
        });
    }

    /** Null while all is well; once the film has ended it is not. */
    String failure() {
        return failure;
    }

    ViewerMedia media() {
        return viewer.media();
    }

    /** Microseconds from asking to the first packet of picture or sound, negative before it came. */
    long firstPacketUs() {
        long video = media().video().firstUs();
        long audio = media().audio().firstUs();
        return (video == 0 ? audio : audio == 0 ? video : Math.min(video, audio)) - askedUs;
    }

    /** Microseconds from asking to the first packet of a key frame, negative before it came. */
    long firstKeyUs() {
        return media().keyUs() - askedUs;
    }

    boolean hasKey() {
        return media().keyUs() != 0;
    }

    void leave() {
        signalling.close();
        viewer.close();
    }
}
