package org.reelcast.source.publish;

import java.util.function.Consumer;
import org.reelcast.media.Frame;
import org.reelcast.refusal.StatusText;
import org.reelcast.webrtc.PublisherListener;

/**
 * Hears of the connection of a publisher's sound that has one of its own. What happens to it ends nothing: the stream
 * goes by the connection of the picture.
 *
 * @param frames   takes the sound
 * @param onFailed told why no sound comes
 */
record SeparateAudio(Consumer<Frame> frames, Consumer<StatusText> onFailed) implements PublisherListener {

    @Override
    public void onConnected() {
        // the picture's connection says it
    }

    @Override
    public void onFailed(StatusText reason) {
        onFailed.accept(reason);
    }

    @Override
    public void onClosed() {
        // so does the picture's
    }

    @Override
    public void onFrame(Frame frame) {
        frames.accept(frame);
    }
}
