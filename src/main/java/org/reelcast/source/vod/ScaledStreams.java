package org.reelcast.source.vod;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.reencode.ScaledSize;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.ScaledPicture;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamTrack;
import org.reelcast.stream.Subscriber;
import org.reelcast.stream.TrackChoice;

/**
 * The streams that show the pictures of broadcasts in other sizes, in step with them: each reads its own rendition of the
 * film, so that one that comes too slowly is late by itself. Nobody finds them by a name.
 */
@AnyThread
final class ScaledStreams implements VodStream.Listener {
    private static final Logger LOG = Logger.getLogger(ScaledStreams.class.getName());
    private static final Holder HOLDER = Holder.output("scaled", TrackChoice.PICTURE);

    private final Readers readers;
    private final Map<VodStream, Made> running = new ConcurrentHashMap<>();

    /** Of what a stream is made. */
    private record Made(VodStream broadcast, Rendition picture) {}

    ScaledStreams(Readers readers) {
        this.readers = readers;
    }

    @Override
    public Optional<ScaledPicture> scaled(VodStream broadcast, ScaledSize size) {
        Rendition picture;
        try {
            picture = broadcast.film().scaled(size);
        } catch (Refusal e) {
            LOG.log(Level.FINE, "The film is encoded as it plays", e);
            return Optional.empty();
        }
        VodStream stream = broadcast.follower(picture, this);
        running.put(stream, new Made(broadcast, picture));
        if (stream.stream().isRetired()) {
            onEnd(stream, StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
            return Optional.empty();
        }
        return Optional.of(new Part(stream));
    }

    /** As who takes the picture sees it. */
    private static final class Part implements ScaledPicture {
        private final VodStream vod;
        /** Null while nobody takes it; on the loop. */
        private Hold hold;

        Part(VodStream vod) {
            this.vod = vod;
        }

        @Override
        public void take(Subscriber taker) {
            List<StreamTrack> picture = TrackChoice.PICTURE.of(vod.stream().tracks());
            hold = vod.stream().hold(HOLDER).orElse(null);
            vod.stream().subscribe(taker, picture);
        }

        @Override
        public void leave(Subscriber taker) {
            vod.stream().unsubscribe(taker);
            if (hold != null) {
                hold.close();
                hold = null;
            }
        }

        @Override
        public void close() {
            vod.end(StatusText.STOPPED_BY_PUBLISHER_STOP);
        }
    }

    @Override
    public void onTimeline(VodStream vod, BroadcastTimeline timeline) {
        // the broadcast's own holds
    }

    @Override
    public void onHeld(VodStream vod) {
        // it is held by who made it
    }

    @Override
    public void onIdle(VodStream vod) {
        vod.endUnheld();
    }

    @Override
    public void onEnd(VodStream vod, StreamEnd how) {
        Made made = running.remove(vod);
        if (made == null) {
            return;
        }
        made.broadcast().forget(vod);
        try {
            // it may wait for who opens another one just now, and this may be a media loop
            readers.of(vod.film()).execute(made.picture()::close);
        } catch (RejectedExecutionException e) {
            made.picture().close();
        }
    }
}
