package org.reelcast.webrtc;

import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.MediaLoop;
import org.reelcast.webrtc.dtls.DtlsCertificate;
import org.reelcast.webrtc.dtls.DtlsOptions;
import org.reelcast.webrtc.dtls.DtlsPool;
import org.reelcast.webrtc.dtls.DtlsWarmUp;
import org.reelcast.webrtc.ice.Candidates;
import org.reelcast.webrtc.sdp.AnswerPreferences;
import org.reelcast.webrtc.sdp.Fingerprint;
import org.reelcast.webrtc.sdp.Offer;
import org.reelcast.webrtc.sdp.SdpException;
import org.reelcast.webrtc.srtp.SrtpProfile;
import org.reelcast.webrtc.srtp.SrtpWarmUp;
import org.reelcast.webrtc.udp.NettyMediaLoop;

/** The server's WebRTC: its media loops with their ports, its certificate, and the way to new peer connections. */
public final class WebRtcTransport implements Closeable {
    private static final Logger LOG = Logger.getLogger(WebRtcTransport.class.getName());
    private static final int DTLS_RESEND_MS = 50;
    private static final int WARM_HANDSHAKES = 20;
    private static final int WARM_MS = 4000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final PeerParts.Shared shared;
    private final List<PeerParts.LoopPeers> loops = new ArrayList<>();
    private final CompletableFuture<Void> warm = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger next = new AtomicInteger();

    private WebRtcTransport(PeerParts.Shared shared) {
        this.shared = shared;
    }

    /**
     * Opens the loops.
     *
     * @throws IOException when there are not enough free ports, or the address is not this machine's
     */
    public static WebRtcTransport open(WebRtcOptions options) throws IOException {
        SecureRandom random = new SecureRandom();
        DtlsCertificate certificate = DtlsCertificate.create(random);
        DtlsOptions dtls = new DtlsOptions(certificate, random, SrtpContexts.PREFERENCE, SrtpContexts::materialLength,
                options.dtlsTimeoutMs(), DTLS_RESEND_MS);
        WebRtcTransport transport = new WebRtcTransport(new PeerParts.Shared(options, dtls, new DtlsPool(),
                Fingerprint.sha256(certificate.der()), random));
        try {
            for (int i = 0; i < options.loops(); i++) {
                transport.openLoop(i);
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
        Thread thread = new Thread(() -> {
            try {
                long startNanos = System.nanoTime();
                long handshakeUs = DtlsWarmUp.run(shared.dtls(), shared.pool(), WARM_HANDSHAKES);
                long gcmNanos = SrtpWarmUp.untilFast(SrtpProfile.AEAD_AES_128_GCM, WARM_MS);
                SrtpWarmUp.untilFast(SrtpProfile.AES128_CM_HMAC_SHA1_80, WARM_MS);
                LOG.info("WebRTC is warm after " + (System.nanoTime() - startNanos) / 1_000_000 + " ms: a handshake "
                        + "takes " + handshakeUs / 1000 + " ms, a packet " + gcmNanos + " ns");
                warm.complete(null);
            } catch (IOException | RuntimeException e) {
                if (!closed.get()) {
                    LOG.log(Level.SEVERE, "WebRTC does not work here", e);
                }
                warm.completeExceptionally(e);
            }
        }, "webrtc-warm-up");
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
    public Rehearsal rehearsal() throws IOException {
        return new Rehearsal(shared);
    }

    private void openLoop(int number) throws IOException {
        WebRtcOptions options = shared.options();
        PeerTable table = new PeerTable();
        NettyMediaLoop loop = NettyMediaLoop.open("media-" + number, options.bind(), options.portFrom(),
                options.portTo(), self -> table);
        loops.add(new PeerParts.LoopPeers(loop, table, Candidates.gather(
                options.announced() == null ? List.of() : List.of(options.announced()), options.bind(), loop.port(),
                loop.ipv6()), new LoopLoad(loop, options.load(), WebRtcTransport::threadCpuNs)));
        if (!options.load().isNone()) {
            loops.get(number).load().start();
        }
    }

    private static long threadCpuNs() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : 0;
    }

    private void logStart() {
        PeerParts.LoopPeers first = loops.get(0);
        List<String> ports = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        loops.forEach(place -> ports.add(String.valueOf(place.loop().port())));
        first.candidates().forEach(candidate -> hosts.add(candidate.host()));
        LOG.info("WebRTC on UDP port " + String.join(", ", ports) + ", announced as " + String.join(", ", hosts)
                + "; segmentation " + (first.loop().segments() ? "on" : "off") + ", socket buffers "
                + first.loop().buffers());
    }

    /** A loop for something that has no peer yet; in turn, among those that are not saturated if there are any. */
    public MediaLoop nextLoop() {
        int first = next.getAndIncrement();
        for (int i = 0; i < loops.size(); i++) {
            PeerParts.LoopPeers place = loops.get(Math.floorMod(first + i, loops.size()));
            if (!place.load().isSaturated()) {
                return place.loop();
            }
        }
        return loops.get(Math.floorMod(first, loops.size())).loop();
    }

    /** Why the loops have no room for another viewer, a sentence for the log; empty when one of them has. */
    public Optional<String> saturation() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < loops.size(); i++) {
            LoopLoad load = loops.get(i).load();
            if (!load.isSaturated()) {
                return Optional.empty();
            }
            all.append(i == 0 ? "" : "; ").append("media loop ").append(i).append(" is ").append(load.describe());
        }
        return Optional.of(all.toString());
    }

    /** All loops. */
    public List<MediaLoop> loops() {
        List<MediaLoop> all = new ArrayList<>();
        loops.forEach(place -> all.add(place.loop()));
        return all;
    }

    /**
     * Answers an offer to play, on the loop with the fewest peers of those that are not saturated. From now on the
     * viewer is expected: it connects, or the listener hears of a failure.
     *
     * @throws SdpException with WCS's info string when the offer cannot be answered
     */
    public PeerConnection answer(String offerSdp, PeerRequest what, PeerListener listener) throws SdpException {
        return answer(offerSdp, what, listener, least());
    }

    /** The same on a given loop of this transport. */
    public PeerConnection answer(String offerSdp, PeerRequest what, PeerListener listener, MediaLoop loop)
            throws SdpException {
        for (PeerParts.LoopPeers place : loops) {
            if (place.loop() == loop) {
                return answer(offerSdp, what, listener, place);
            }
        }
        throw new IllegalArgumentException("Not a loop of this transport");
    }

    private PeerConnection answer(String offerSdp, PeerRequest what, PeerListener listener, PeerParts.LoopPeers place)
            throws SdpException {
        AnswerPreferences preferences = new AnswerPreferences(what.video(), what.profileLevelId(), what.audio(),
                what.audioChannels());
        return opened(new PeerConnection(parts(offerSdp, preferences, what.name(), place), listener));
    }

    /**
     * Answers an offer to publish, on the loop with the fewest peers. From now on the publisher is expected: it
     * connects, or the listener hears of a failure.
     *
     * @param name for the log
     * @throws SdpException with WCS's info string when the offer cannot be answered
     */
    public PublisherConnection receive(String offerSdp, String name, PublisherListener listener) throws SdpException {
        PeerParts parts = parts(offerSdp, AnswerPreferences.fromPublisher(), name, least());
        return opened(new PublisherConnection(parts, listener));
    }

    private PeerParts.LoopPeers least() {
        PeerParts.LoopPeers least = loops.get(0);
        for (PeerParts.LoopPeers place : loops) {
            least = load(place) < load(least) ? place : least;
        }
        return least;
    }

    /** Peers; a saturated loop comes after all that are not. */
    private static long load(PeerParts.LoopPeers place) {
        return place.table().peers() + (place.load().isSaturated() ? 1L << 32 : 0);
    }

    private PeerParts parts(String offerSdp, AnswerPreferences preferences, String name, PeerParts.LoopPeers place)
            throws SdpException {
        PeerTimings timings = new PeerTimings(place.loop().nowUs());
        return new PeerParts(shared, place, Offer.read(offerSdp, preferences, shared.random()), name, timings);
    }

    private static <P extends Peer> P opened(P peer) {
        peer.timings().answered(peer.loop().nowUs());
        peer.open();
        return peer;
    }

    /** Viewers and publishers that are expected or connected. */
    public int peers() {
        return loops.stream().mapToInt(place -> place.table().peers()).sum();
    }

    /** Asks all loops; waits for them, so not on a loop. */
    public TransportStatistics statistics() {
        TransportStatistics sum = new TransportStatistics(0, 0, 0, loops.size(), shared.pool().load(), 0, 0, 0, 0, 0);
        for (PeerParts.LoopPeers place : loops) {
            sum = sum.plus(CompletableFuture.supplyAsync(() -> TransportStatistics.of(place.loop(), place.table()),
                    place.loop()).join());
        }
        return sum;
    }

    /** Says goodbye to all peers and closes the ports. Listeners are not told. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        for (PeerParts.LoopPeers place : loops) {
            CompletableFuture.runAsync(() -> place.table().all().forEach(Peer::close), place.loop()).join();
            place.loop().close();
        }
        shared.pool().close();
    }
}
