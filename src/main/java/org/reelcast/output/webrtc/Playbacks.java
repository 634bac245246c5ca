package org.reelcast.output.webrtc;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.Admission;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Holder;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Streams;
import org.reelcast.stream.Variant;

/** Takes viewers on, or refuses them at once when there is no room. */
final class Playbacks {
    private static final Logger LOG = Logger.getLogger(Playbacks.class.getName());

    private final Streams streams;
    private final Viewers viewers;
    private final Admission admission;

    Playbacks(Streams streams, Viewers viewers, Admission admission) {
        this.streams = streams;
        this.viewers = viewers;
        this.admission = admission;
    }

    /** What {@link #play} is to be asked for. */
    String nameOf(Variant wanted) {
        return streams.nameOf(wanted);
    }

    /**
     * Plays a stream to one viewer. Returns at once; the listener hears of the rest.
     *
     * @param name    {@code vod://...}, {@code vod-live://...} or the name of a running stream
     * @param holder  the viewer, with what a film that plays for him alone starts at
     * @param offer   the viewer's SDP
     * @param share   what the viewer has of an executor
     */
    Playback play(
            String name, Holder holder, String offer, UnaryOperator<Executor> share, Consumer<PlaybackEvent> listener) {
        Playback playback = new Playback(name, holder, listener);
        try {
            if (admission.admits()) {
                share.apply(streams.opener(name, holder.client()))
                        .execute(() -> playback.open(streams, viewers, offer));
                return playback;
            }
        } catch (RejectedExecutionException e) {
            LOG.log(Level.FINE, "Nobody opens {0}: {1}", new Object[] {name, e.getMessage()});
        }
        playback.stop(StreamEnd.failed(StatusText.SERVER_IS_OVERLOADED));
        return playback;
    }
}
