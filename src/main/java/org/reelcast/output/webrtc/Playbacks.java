package org.reelcast.output.webrtc;

import java.util.function.Consumer;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Streams;

/** Takes viewers on, or refuses them at once when there is no room. */
final class Playbacks {
    private final Streams streams;
    private final Viewers viewers;
    private final Admission admission;

    Playbacks(Streams streams, Viewers viewers, Admission admission) {
        this.streams = streams;
        this.viewers = viewers;
        this.admission = admission;
    }

    /**
     * Plays a stream to one viewer. Returns at once; the listener hears of the rest.
     *
     * @param name  {@code vod://...}, {@code vod-live://...} or the name of a running stream
     * @param offer the viewer's SDP
     */
    Playback play(String name, String offer, Consumer<PlaybackEvent> listener) {
        Playback playback = new Playback(name, listener);
        if (admission.admits()) {
            streams.opener(name).execute(() -> playback.open(streams, viewers, offer));
        } else {
            playback.stop(StreamEnd.failed(StatusText.SERVER_IS_OVERLOADED));
        }
        return playback;
    }
}
