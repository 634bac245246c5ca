package org.reelcast.viewer;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.reelcast.codec.Format;
import org.reelcast.stream.Stream;
import org.reelcast.webrtc.PeerRequest;
import org.reelcast.webrtc.WebRtcTransport;
import org.reelcast.webrtc.sdp.SdpException;
import org.reelcast.webrtc.udp.MediaLoop;

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
     * @param loop where the viewer lives: for a viewer who is alone on a stream the stream's own loop
     * @throws SdpException when the offer cannot be answered
     */
    public Viewer join(Stream stream, MediaLoop loop, String offer, Viewer.Listener listener) throws SdpException {
        Viewer viewer = new Viewer(this, stream, loop, listener);
        viewer.setPeer(transport.answer(offer, request(stream, loop), viewer));
        return viewer;
    }

    private static PeerRequest request(Stream stream, MediaLoop loop) {
        Optional<Format> video = stream.video();
        Optional<Format> audio = stream.audio();
        return null;
    }

    /** The fanout of a stream; on the stream's loop. */
    Fanout fanout(Stream stream) {
        return fanouts.computeIfAbsent(stream, key -> new Fanout(key, () -> fanouts.remove(key)));
    }
}
