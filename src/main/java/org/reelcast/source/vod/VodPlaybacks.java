package org.reelcast.source.vod;

import java.util.concurrent.Executor;
import java.util.function.Function;
import org.reelcast.output.webrtc.Admission;
import org.reelcast.output.webrtc.PlaybackListener;
import org.reelcast.output.webrtc.Viewers;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.StreamEnd;

/** Takes viewers on, or refuses them at once when there is no room. */
final class VodPlaybacks {
    private final VodAgents agents;
    private final Viewers viewers;
    private final Admission admission;
    private final Function<String, Executor> openers;

    /** @param openers run what blocks, by the name that is to be played */
    VodPlaybacks(VodAgents agents, Viewers viewers, Admission admission, Function<String, Executor> openers) {
        this.agents = agents;
        this.viewers = viewers;
        this.admission = admission;
        this.openers = openers;
    }

    /** Returns at once; the listener hears of the rest. */
    VodPlayback play(String name, String offer, PlaybackListener listener) {
        VodPlayback playback = new VodPlayback(name, listener);
        if (admission.admits()) {
            openers.apply(name).execute(() -> playback.open(agents, viewers, offer));
        } else {
            playback.stop(StreamEnd.failed(StatusText.SERVER_IS_OVERLOADED));
        }
        return playback;
    }
}
