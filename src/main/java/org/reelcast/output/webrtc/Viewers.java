package org.reelcast.output.webrtc;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.reelcast.media.Format;
import org.reelcast.refusal.Refusal;
import org.reelcast.stream.Stream;
import org.reelcast.webrtc.PeerRequest;
import org.reelcast.webrtc.WebRtcTransport;

/** Joins browsers to streams. */
public final class Viewers {
    private final WebRtcTransport transport;
    private final Map<Stream, Fanout> fanouts = new ConcurrentHashMap<>();

    public Viewers(WebRtcTransport transport) {
        this.transport = transport;
    }

    /**
     * Answers a browser's offer; the stream's frames flow as soon as the transport stands.
     *
     * @param alone whether nobody else will watch the stream: then the viewer lives on the stream's loop
     * @throws Refusal when the offer cannot be answered
     */
    public Viewer join(Stream stream, boolean alone, String offer, Viewer.Listener listener) throws Refusal {
        Viewer viewer = new Viewer(this, stream, listener);
        PeerRequest request = request(stream);
        viewer.setPeer(alone ? transport.answer(offer, request, viewer, stream.loop())
                : transport.answer(offer, request, viewer));
        return viewer;
    }

    private static PeerRequest request(Stream stream) {
        Optional<Format> video = stream.video();
        Optional<Format> audio = stream.audio();
        return new PeerRequest(stream.name(), video.isPresent(), video.map(Format::profileLevelId).orElse(0),
                audio.isPresent(), audio.map(Format::channels).orElse(0));
    }

    /** The fanout of a stream; on the stream's loop. */
    Fanout fanout(Stream stream) {
        return fanouts.computeIfAbsent(stream, key -> new Fanout(key, () -> fanouts.remove(key)));
    }
}
