package org.reelcast.output.mse;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.reelcast.loop.AnyThread;
import org.reelcast.signalling.MediaSocket;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Stream;

/** The feeds of the streams that are watched by MSE. */
@AnyThread
final class MseFeeds {
    private final Executor executor;
    private final Map<Stream, MseFeed> feeds = new HashMap<>();

    /** @param executor for tasks that are over soon */
    MseFeeds(Executor executor) {
        this.executor = executor;
    }

    /** A viewer of the stream; empty when that has ended. @param hold stays the caller's, as long as it watches */
    Optional<MseViewer> join(Hold hold, MediaSocket socket, MseViewer.Listener listener) {
        Stream stream = hold.stream();
        MseViewer viewer;
        synchronized (this) {
            MseFeed feed = feeds.computeIfAbsent(stream, key -> new MseFeed(hold, executor, over -> over(key, over)));
            viewer = new MseViewer(socket, stream.loop(), feed::place, listener);
            if (!feed.add(viewer)) {
                viewer.close();
                return Optional.empty();
            }
        }
        viewer.flush();
        return Optional.of(viewer);
    }

    synchronized void leave(Stream stream, MseViewer viewer) {
        viewer.close();
        MseFeed feed = feeds.get(stream);
        if (feed != null && feed.remove(viewer)) {
            feeds.remove(stream);
            feed.stop();
        }
    }

    private synchronized void over(Stream stream, MseFeed feed) {
        feeds.remove(stream, feed);
    }
}
