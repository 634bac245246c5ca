package org.reelcast.output.webrtc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.reelcast.stream.Stream;

/** The fanouts of the streams that have viewers. */
final class Fanouts {
    private final Map<Stream, Fanout> fanouts = new ConcurrentHashMap<>();

    /** The fanout of a stream; on the stream's loop. */
    Fanout of(Stream stream) {
        return fanouts.computeIfAbsent(stream, key -> new Fanout(key, () -> fanouts.remove(key)));
    }
}
