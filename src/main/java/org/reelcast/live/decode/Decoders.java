package org.reelcast.live.decode;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.reelcast.loop.AnyThread;
import org.reelcast.refusal.Refusal;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamTrack.Form;
import org.reelcast.stream.TrackChoice;

/**
 * Streams being decoded: each once, whoever takes what comes out, while somebody does. What is decoded is the stream's
 * original where it offers that, so that no film is re-encoded for it.
 */
@AnyThread
public final class Decoders {
    private static final TrackChoice SOUND = TrackChoice.preferring(List.of(), List.of(Form.ORIGINAL, Form.REAL_TIME));

    private final DecodingPool<VideoConsumer> pictures;
    private final DecodingPool<AudioConsumer> sounds;

    /** @param executor runs the decoders, in short tasks, as many at a time as it shall */
    public Decoders(Executor executor) {
        pictures = new DecodingPool<>(TrackChoice.PICTURE, VideoDecoding::new, executor);
        sounds = new DecodingPool<>(SOUND, AudioDecoding::new, executor);
    }

    /**
     * From now on {@code taker} gets the stream's pictures: what is shown from now on, as soon as there is a key frame.
     *
     * @return empty when the stream has no picture
     * @throws Refusal when the stream has ended
     */
    public Optional<Decoded> pictures(Stream stream, VideoConsumer taker) throws Refusal {
        return pictures.join(stream, taker);
    }

    /**
     * From now on {@code taker} gets the stream's sound.
     *
     * @return empty when the stream has none
     * @throws Refusal when the stream has ended
     */
    public Optional<Decoded> sound(Stream stream, AudioConsumer taker) throws Refusal {
        return sounds.join(stream, taker);
    }

    /** Tracks of streams that are being decoded. */
    public int running() {
        return pictures.size() + sounds.size();
    }
}
