package org.reelcast.output.mse;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.FrameQueue;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamTrack;

/** Brings one stream to all who watch it by MSE; works off the stream's loop, a few times a second. */
final class MseFeed implements FrameQueue.Worker {
    private static final Logger LOG = Logger.getLogger(MseFeed.class.getName());
    /** Frames wait so long for others to go with them; browsers have seconds in hand. */
    private static final FrameQueue.Limits LIMITS = new FrameQueue.Limits(32 << 20, 8000, 60_000);

    private static final long KEY_REQUEST_INTERVAL_US = 1_000_000;

    private final Stream stream;
    private final AudioForm sound;
    private final boolean hasPicture;
    private final FeedTimeline line;
    private final History history;
    private final FrameQueue queue;
    private final Consumer<MseFeed> onOver;
    /** Replaced, never changed: a viewer may leave while it is handed a unit. */
    private volatile List<MseViewer> viewers = List.of();

    private boolean over;
    private long askedForKeyUs = Long.MIN_VALUE / 2;

    /** @param onOver called when the stream has ended, by a task */
    MseFeed(Hold hold, Executor executor, Consumer<MseFeed> onOver) {
        this.stream = hold.stream();
        this.sound = sound(hold.tracks());
        this.hasPicture = hold.tracks().stream().anyMatch(StreamTrack::isVideo);
        this.line = new FeedTimeline(hasPicture, sound, this::give);
        this.history = new History(hasPicture);
        this.onOver = onOver;
        this.queue = new FrameQueue(stream, LIMITS, FrameQueue.WhenLate.SKIP_TO_KEY_FRAME, executor, this);
        queue.startWithKept(hold.tracks());
    }

    private static AudioForm sound(List<StreamTrack> tracks) {
        return tracks.stream()
                .map(StreamTrack::format)
                .filter(AacFormat.class::isInstance)
                .map(format -> new AudioForm((AacFormat) format))
                .findFirst()
                .orElse(null);
    }

    /** How units are placed for a viewer. */
    ViewerTimeline place(ViewerTimeline.Target target) {
        return new ViewerTimeline(hasPicture, sound, !stream.traits().personal(), target);
    }

    /** What the viewer gets at first waits for it to be flushed. @return false when the stream has ended */
    synchronized boolean add(MseViewer viewer) {
        if (over) {
            return false;
        }
        List<MediaUnit> past = history.from(stream.loop().nowUs());
        if (past.isEmpty() && !viewers.isEmpty()) {
            askForKey();
        }
        past.forEach(viewer::take);
        List<MseViewer> more = new ArrayList<>(viewers);
        more.add(viewer);
        viewers = more;
        return true;
    }

    /** @return whether nobody is left */
    synchronized boolean remove(MseViewer viewer) {
        List<MseViewer> fewer = new ArrayList<>(viewers);
        fewer.remove(viewer);
        viewers = fewer;
        return fewer.isEmpty();
    }

    /** Takes no more of the stream. */
    void stop() {
        queue.stop();
    }

    @Override
    public synchronized boolean take(Frame frame, long inStepUs) {
        try {
            if (!line.take(frame)) {
                askForKey();
            }
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, stream.name() + " cannot be sent by MSE", e);
            return false;
        }
    }

    private void askForKey() {
        long nowUs = stream.loop().nowUs();
        if (nowUs - askedForKeyUs > KEY_REQUEST_INTERVAL_US) {
            askedForKeyUs = nowUs;
            stream.loop().execute(stream::requestKeyFrame);
        }
    }

    private void give(MediaUnit unit) {
        if (!stream.traits().personal()) {
            history.add(unit);
        }
        for (MseViewer viewer : viewers) {
            viewer.take(unit);
        }
    }

    @Override
    public synchronized void waited(long us) {
        line.waited(us);
    }

    @Override
    public void pause() {
        List<MseViewer> now;
        synchronized (this) {
            now = viewers;
        }
        // a socket may turn out to be broken, and whoever is told may want this feed
        now.forEach(MseViewer::flush);
    }

    @Override
    public void problem(String what) {
        // by the loop, which waits for no task that has this feed
        viewers.forEach(viewer -> viewer.problem(what));
    }

    @Override
    public void end(FrameQueue.End why) {
        List<MseViewer> last;
        StreamEnd how = queue.streamEnd().orElse(StreamEnd.failed(StatusText.FAILED_BY_ERROR));
        boolean toItsEnd = how.reason() == StatusText.STOPPED_BY_PUBLISHER_STOP
                || how.reason() == StatusText.GOT_EXCEPTION_WHILE_STREAMING_FILE;
        synchronized (this) {
            if (toItsEnd) {
                line.end();
            }
            over = true;
            last = viewers;
            viewers = List.of();
        }
        last.forEach(viewer -> {
            if (toItsEnd) {
                viewer.end(how);
            } else {
                viewer.stop(how);
            }
        });
        onOver.accept(this);
    }
}
