package org.reelcast.output.webrtc;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.reelcast.live.encode.ReducedAudio;
import org.reelcast.media.Format;
import org.reelcast.refusal.Refusal;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Stream;
import org.reelcast.stream.Streams;
import org.reelcast.stream.Variant;
import org.reelcast.webrtc.PeerRequest;
import org.reelcast.webrtc.WebRtcTransport;
import org.reelcast.webrtc.sdp.OfferedH264;

/** Joins browsers to streams. */
public final class Viewers {
    private static final Logger LOG = Logger.getLogger(Viewers.class.getName());

    private final WebRtcTransport transport;
    private final Fanouts fanouts;

    /** Empty where pictures are sent in their own size alone. */
    private final Optional<Streams> sizes;

    private final boolean strictProfiles;

    /** @param sounds by what sound is made for those who want less of it */
    public Viewers(WebRtcTransport transport, ReducedAudio.Means sounds) {
        this(transport, sounds, Optional.empty(), false);
    }

    /**
     * @param sizes          has the sizes of streams in which viewers on narrow links get them; empty: none do
     * @param strictProfiles whether viewers get no profile that they do not offer
     */
    Viewers(WebRtcTransport transport, ReducedAudio.Means sounds, Optional<Streams> sizes, boolean strictProfiles) {
        this.transport = transport;
        this.fanouts = new Fanouts(sounds);
        this.sizes = sizes;
        this.strictProfiles = strictProfiles;
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
        sizes.filter(any -> adapts(stream))
                .ifPresent(all -> viewer.adapts(
                        new RungSwitch(viewer, stream, all, hold.holder().client())));
        viewer.setPeer(
                stream.traits().personal()
                        ? transport.answer(offer, request, viewer, stream.loop())
                        : transport.answer(offer, request, viewer));
        return viewer;
    }

    /**
     * Answers what the offer does not bundle with what a viewer gets, by a connection of its own, which has nothing to
     * send when the stream lacks that kind; empty when there is no such thing, or when nothing is lost by it that it
     * cannot be answered. (What the stream has and the client cannot have is {@code first}'s to tell.)
     *
     * @param listener called on the viewer's loop, of this connection alone
     */
    Optional<Viewer> joinApart(Viewer first, Hold hold, String offer, Consumer<PlaybackEvent> listener) {
        if (first.peer().apart().isEmpty()) {
            return Optional.empty();
        }
        Viewer viewer = new Viewer(fanouts, hold.stream(), listener);
        try {
            viewer.setPeer(transport.answerApart(
                    offer, request(hold.stream()).only(first.peer().apart().get()), viewer, first.peer()));
            return Optional.of(viewer);
        } catch (Refusal e) {
            LOG.fine(() -> hold.stream().name() + " has nothing to send where this is amiss: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** A film that plays for one viewer alone is what it is, and so is what was wished for in one size. */
    private static boolean adapts(Stream stream) {
        return !stream.traits().personal()
                && stream.video().isPresent()
                && Variant.parse(stream.name()).isEmpty();
    }

    /**
     * Whether the offer wants the picture of a stream transcoded: it has no use for packets of packetization mode 1, or
     * none of its profiles will do.
     */
    boolean mustBeTranscoded(Stream stream, String offer) throws Refusal {
        Optional<Format> video = stream.video();
        if (video.isEmpty() || stream.traits().personal() || Variant.isBaseline(stream.name())) {
            return false;
        }
        OfferedH264 offered = OfferedH264.of(offer);
        int profile = video.get().profileLevelId();
        // a camera's is known as soon as it sends
        return offered.isSingleUnitsAlone() || strictProfiles && profile != 0 && offered.lacksProfile(profile);
    }

    private static PeerRequest request(Stream stream) {
        Optional<Format> video = stream.video();
        Optional<Format> audio = stream.audio();
        return new PeerRequest(
                stream.name(),
                video.isPresent(),
                video.map(Format::profileLevelId).orElse(0),
                audio.isPresent(),
                audio.map(Format::channels).orElse(0),
                Variant.isBaseline(stream.name()));
    }
}
