package org.reelcast.output.webrtc;

import java.util.Optional;
import java.util.function.Consumer;
import org.reelcast.media.Format;
import org.reelcast.refusal.Refusal;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Stream;
import org.reelcast.webrtc.PeerRequest;
import org.reelcast.webrtc.WebRtcTransport;

/** Joins browsers to streams. */
public final class Viewers {
    private final WebRtcTransport transport;
    private final Fanouts fanouts = new Fanouts();

    public Viewers(WebRtcTransport transport) {
        this.transport = transport;
    }

    /**
     * Answers a browser's offer; the stream's frames flow as soon as the transport stands. Who watches alone lives on
     * the stream's loop.
     *
     * @param hold     stays the caller's, for as long as the viewer watches
     * @param listener called on the viewer's loop; not after {@link Viewer#close()}
     * @throws Refusal when the offer cannot be answered
     */
    public Viewer join(Hold hold, String offer, Consumer<PlaybackEvent> listener) throws Refusal {
        Stream stream = hold.stream();
        Viewer viewer = new Viewer(fanouts, stream, listener);
        PeerRequest request = request(stream);
        viewer.setPeer(stream.traits().personal() ? transport.answer(offer, request, viewer, stream.loop())
                : transport.answer(offer, request, viewer));
        return viewer;
    }

    private static PeerRequest request(Stream stream) {
        Optional<Format> video = stream.video();
        Optional<Format> audio = stream.audio();
        return new PeerRequest(stream.name(), video.isPresent(), video.map(Format::profileLevelId).orElse(0),
                audio.isPresent(), audio.map(Format::channels).orElse(0));
    }
}
