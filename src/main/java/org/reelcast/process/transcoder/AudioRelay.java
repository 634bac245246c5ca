package org.reelcast.process.transcoder;

import java.util.List;
import org.reelcast.live.encode.EncodedStream;
import org.reelcast.media.Frame;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamTrack;
import org.reelcast.stream.Subscriber;

/** A track of sound that goes from a stream into another one on the same loop, while somebody takes it there. */
final class AudioRelay implements Subscriber {
    private final Stream source;
    private final StreamTrack from;
    private final EncodedStream target;
    private final StreamTrack to;
    /** Null while nobody takes it. */
    private Hold hold;

    AudioRelay(Stream source, StreamTrack from, EncodedStream target, StreamTrack to) {
        this.source = source;
        this.from = from;
        this.target = target;
        this.to = to;
    }

    boolean leadsTo(StreamTrack track) {
        return track == to;
    }

    /** Somebody takes it, or nobody does any more. */
    void taken(boolean taken) {
        if (!taken) {
            stop();
        } else if (hold == null) {
            hold = source.hold(Holder.output(Transcode.KIND, offered -> List.of(from)))
                    .orElse(null);
            source.subscribe(this, List.of(from));
        }
    }

    void stop() {
        source.unsubscribe(this);
        if (hold != null) {
            hold.close();
            hold = null;
        }
    }

    @Override
    public void onStart(List<Frame> groupOfPictures) {
        // sound has none
    }

    @Override
    public void onFrame(Frame frame) {
        target.publish(to, frame);
    }

    @Override
    public void onInStep(long pictureUs) {
        target.stream().inStep(pictureUs);
    }

    @Override
    public void onWaited(long us) {
        target.stream().waited(us);
    }

    @Override
    public void onEnd(StreamEnd end) {
        // who takes the source hears of it
    }
}
