package org.reelcast.output.webrtc;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.reelcast.live.encode.ReducedAudio;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.OnLoop;
import org.reelcast.stream.Stream;
import org.reelcast.webrtc.sdp.AudioLimits;

/** The fanouts of the streams that have viewers. */
final class Fanouts {
    private final Map<Stream, Fanout> fanouts = new ConcurrentHashMap<>();
    private final ReducedAudio.Means sounds;

    /** @param sounds by what sound is made for those who want less of it */
    Fanouts(ReducedAudio.Means sounds) {
        this.sounds = sounds;
    }

    /** The fanout of a stream. */
    @OnLoop
    Fanout of(Stream stream) {
        return fanouts.computeIfAbsent(stream, key -> new Fanout(key, sounds, () -> fanouts.remove(key)));
    }

    /** What a stream's viewer with such limits wants of its sound in place of all of it. */
    @AnyThread
    Optional<ReducedAudio.Limit> limit(Stream stream, AudioLimits limits) {
        return stream.audio().flatMap(sound -> sounds.limit(sound, limits.bitrate(), limits.mono()));
    }
}
