package org.reelcast.webrtc;

import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.MediaLoops;
import org.reelcast.loop.NettyMediaLoop;
import org.reelcast.media.MediaKind;
import org.reelcast.refusal.Refusal;
import org.reelcast.sharing.AddressLimit;
import org.reelcast.webrtc.dtls.DtlsCertificate;
import org.reelcast.webrtc.dtls.DtlsOptions;
import org.reelcast.webrtc.dtls.DtlsPool;
import org.reelcast.webrtc.dtls.DtlsWarmUp;
import org.reelcast.webrtc.ice.Candidate;
import org.reelcast.webrtc.sdp.AnswerPreferences;
import org.reelcast.webrtc.sdp.Fingerprint;
import org.reelcast.webrtc.sdp.Offer;
import org.reelcast.webrtc.srtp.SrtpProfile;
import org.reelcast.webrtc.srtp.SrtpWarmUp;

/** The server's WebRTC: a port for each media loop, its certificate, and the way to new peer connections. */
public final class WebRtcTransport implements Closeable {
    private static final Logger LOG = Logger.getLogger(WebRtcTransport.class.getName());
    private static final int DTLS_RESEND_MS = 50;
    private static final int WARM_HANDSHAKES = 20;
    private static final int WARM_MS = 4000;

    private final PeerFactory.Shared shared;
    private final MediaLoops loops;
    /** One a loop, in the loops' order. */
    private final List<PeerFactory.PortPeers> ports = new ArrayList<>();

    private final CompletableFuture<Void> warm = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private WebRtcTransport(PeerFactory.Shared shared, MediaLoops loops) {
        this.shared = shared;
        this.loops = loops;
    }

    /**
     * Opens a port for each loop. The loops stay the caller's, who closes them after this.
     *
     * @throws IOException when there are not enough free ports, or the address is not this machine's
     */
    public static WebRtcTransport open(WebRtcOptions options, MediaLoops loops) throws IOException {
        SecureRandom random = new SecureRandom();
        DtlsCertificate certificate = DtlsCertificate.create(random);
        DtlsOptions dtls = new DtlsOptions(
                certificate,
                random,
                SrtpContexts.PREFERENCE,
                SrtpContexts::materialLength,
                options.dtlsTimeoutMs(),
                DTLS_RESEND_MS);
        WebRtcTransport transport = new WebRtcTransport(
                new PeerFactory.Shared(
                        options,
                        dtls,
                        DtlsPool.ofCores(),
                        Fingerprint.sha256(certificate.der()),
                        random,
                        new AddressLimit(options.maxHandshakes())),
                loops);
        try {
            for (NettyMediaLoop loop : loops.all()) {
                transport.ports.add(PeerFactory.PortPeers.open(
                        loop,
                        options.bind(),
                        options.portFrom(),
                        options.portTo(),
                        options.announced() == null ? List.of() : List.of(options.announced())));
            }
        } catch (IOException e) {
            transport.close();
            throw e;
        }
        transport.logStart();
        transport.startWarmUp();
        return transport;
    }

    private void startWarmUp() {
        Thread thread = new Thread(
                () -> {
                    try (NettyMediaLoop loop = NettyMediaLoop.open("webrtc-warm-up")) {
                        long startNanos = System.nanoTime();
                        long handshakeUs = DtlsWarmUp.run(shared.dtls(), shared.pool(), loop, WARM_HANDSHAKES);
                        long gcmNanos = SrtpWarmUp.untilFast(SrtpProfile.AEAD_AES_128_GCM, WARM_MS);
                        SrtpWarmUp.untilFast(SrtpProfile.AES128_CM_HMAC_SHA1_80, WARM_MS);
                        LOG.info("WebRTC is warm after " + (System.nanoTime() - startNanos) / 1_000_000
                                + " ms: a handshake " + "takes " + handshakeUs / 1000 + " ms, a packet " + gcmNanos
                                + " ns");
                        warm.complete(null);
                    } catch (IOException | RuntimeException e) {
                        if (!closed.get()) {
                            LOG.log(Level.SEVERE, "WebRTC does not work here", e);
                        }
                        warm.completeExceptionally(e);
                    }
                },
                "webrtc-warm-up");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    /**
     * Done when handshakes and encryption run at full speed, a second or two after the start; fails when they do not
     * work at all. Viewers are served before that too, only slower.
     */
    public CompletableFuture<Void> warm() {
        return warm;
    }

    /**
     * Further warm-up, when there is time for it: each round makes the next viewers cheaper.
     *
     * @throws IOException when there is no loopback
     */
    public SelfPlay rehearsal() throws IOException {
        return new SelfPlay(shared);
    }

    private void logStart() {
        PeerFactory.PortPeers first = ports.get(0);
        LOG.info("WebRTC on UDP port "
                + join(ports, place -> String.valueOf(place.port().number())) + ", announced as "
                + join(first.candidates(), Candidate::host) + "; segmentation "
                + (first.port().segments() ? "on" : "off") + ", socket buffers "
                + first.port().buffers());
    }

    private static <T> String join(List<T> all, Function<T, String> text) {
        return all.stream().map(text).collect(Collectors.joining(", "));
    }

    /**
     * Answers an offer to play, on the loop with the fewest peers of those that are not saturated. From now on the
     * viewer is expected: it connects, or the listener hears of a failure.
     *
     * @throws Refusal with WCS's info string when the offer cannot be answered
     */
    public PeerConnection answer(String offerSdp, PeerRequest what, PeerListener listener) throws Refusal {
        return answer(offerSdp, what, listener, least());
    }

    /** The same on a given loop. */
    public PeerConnection answer(String offerSdp, PeerRequest what, PeerListener listener, MediaLoop loop)
            throws Refusal {
        for (PeerFactory.PortPeers place : ports) {
            if (place.loop() == loop) {
                return answer(offerSdp, what, listener, place);
            }
        }
        throw new IllegalArgumentException("Not a loop of this transport");
    }

    private PeerConnection answer(String offerSdp, PeerRequest what, PeerListener listener, PeerFactory.PortPeers place)
            throws Refusal {
        return opened(new PeerConnection(parts(offerSdp, preferences(what), what.name(), place), listener));
    }

    private static AnswerPreferences preferences(PeerRequest what) {
        return new AnswerPreferences(
                what.video(), what.profileLevelId(), what.audio(), what.audioChannels(), what.singleUnits());
    }

    /**
     * Answers what an offer does not bundle with what {@code first} carries: by a transport of its own, on the same
     * loop, to be played in step with it.
     *
     * @param what the kind of {@link PeerConnection#apart} alone
     * @throws Refusal with WCS's info string when that part of the offer cannot be answered
     */
    public PeerConnection answerApart(String offerSdp, PeerRequest what, PeerListener listener, PeerConnection first)
            throws Refusal {
        return opened(new PeerConnection(beside(offerSdp, preferences(what), first), listener));
    }

    private PeerFactory beside(String offerSdp, AnswerPreferences wanted, Peer first) throws Refusal {
        PeerFactory parts = first.parts();
        return new PeerFactory(
                shared,
                parts.place(),
                Offer.read(offerSdp, wanted, shared.random()),
                parts.name(),
                parts.cname(),
                new PeerTimings(parts.loop().nowUs()));
    }

    /**
     * Answers an offer to publish, on the loop with the fewest peers. From now on the publisher is expected: it
     * connects, or the listener hears of a failure.
     *
     * @param name for the log
     * @throws Refusal with WCS's info string when the offer cannot be answered
     */
    public PublisherConnection receive(String offerSdp, String name, PublisherListener listener) throws Refusal {
        return opened(
                new PublisherConnection(parts(offerSdp, AnswerPreferences.fromPublisher(), name, least()), listener));
    }

    /**
     * Answers what an offer to publish does not bundle with what {@code first} receives: by a transport of its own, on
     * the same loop; what comes is in step with that.
     *
     * @throws Refusal with WCS's info string when that part of the offer cannot be answered
     */
    public PublisherConnection receiveApart(String offerSdp, PublisherListener listener, PublisherConnection first)
            throws Refusal {
        MediaKind kind = first.apart().orElseThrow();
        return opened(new PublisherConnection(
                beside(offerSdp, AnswerPreferences.fromPublisher(kind), first), listener, first));
    }

    private PeerFactory.PortPeers least() {
        return ports.get(loops.least(i -> ports.get(i).table().peers()));
    }

    private PeerFactory parts(String offerSdp, AnswerPreferences wanted, String name, PeerFactory.PortPeers place)
            throws Refusal {
        PeerTimings timings = new PeerTimings(place.loop().nowUs());
        return new PeerFactory(
                shared, place, Offer.read(offerSdp, wanted, shared.random()), name, PeerFactory.cname(shared), timings);
    }

    private static <P extends Peer> P opened(P peer) {
        peer.timings().answered(peer.loop().nowUs());
        peer.open();
        return peer;
    }

    /** Viewers and publishers that are expected or connected. */
    public int peers() {
        return ports.stream().mapToInt(place -> place.table().peers()).sum();
    }

    /** Asks all loops; waits for them, so not on a loop. */
    public TransportStatistics statistics() {
        TransportStatistics sum = new TransportStatistics(
                0, 0, 0, ports.size(), shared.unfinished().count(), 0, 0, 0, 0, 0);
        for (PeerFactory.PortPeers place : ports) {
            sum = sum.plus(CompletableFuture.supplyAsync(
                            () -> TransportStatistics.of(place.port(), place.table()), place.loop())
                    .join());
        }
        return sum;
    }

    /** Says goodbye to all peers and closes the ports. Listeners are not told. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        for (PeerFactory.PortPeers place : ports) {
            CompletableFuture.runAsync(() -> place.table().all().forEach(PacketReceiver::close), place.loop())
                    .join();
            place.port().close();
        }
        shared.pool().close();
    }
}
