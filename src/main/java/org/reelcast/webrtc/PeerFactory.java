package org.reelcast.webrtc;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.reelcast.loop.MonotonicClock;
import org.reelcast.loop.NettyMediaLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.MediaKind;
import org.reelcast.rtp.RtpLimits;
import org.reelcast.rtp.RtpSession;
import org.reelcast.rtp.RtpSessionConfig;
import org.reelcast.rtp.RtpTrackConfig;
import org.reelcast.rtp.receive.ReceiveTrackConfig;
import org.reelcast.rtp.receive.RtpReceiver;
import org.reelcast.rtp.receive.RtpReceiverConfig;
import org.reelcast.sharing.AddressLimit;
import org.reelcast.webrtc.dtls.DtlsConnection;
import org.reelcast.webrtc.dtls.DtlsListener;
import org.reelcast.webrtc.dtls.DtlsOptions;
import org.reelcast.webrtc.dtls.DtlsPool;
import org.reelcast.webrtc.ice.BindingRequests;
import org.reelcast.webrtc.ice.Candidate;
import org.reelcast.webrtc.ice.Candidates;
import org.reelcast.webrtc.ice.IceLiteAgent;
import org.reelcast.webrtc.sdp.Answer;
import org.reelcast.webrtc.sdp.Fingerprint;
import org.reelcast.webrtc.sdp.LocalParameters;
import org.reelcast.webrtc.sdp.Offer;
import org.reelcast.webrtc.sdp.Track;
import org.reelcast.webrtc.udp.UdpPort;

/** Makes the parts of a {@link Peer} from an offer. */
final class PeerFactory {
    private static final String ICE_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /**
     * What publishers are told at first that their way carries: a little more than browsers send when nobody limits
     * them. Chromium starts with it, and goes down within a second where the way carries less.
     */
    private static final long START_BITRATE_BPS = 3_000_000;

    private static final long MAX_BITRATE_BPS = 20_000_000;
    /** How long a publisher's packets wait for earlier ones: that are asked for again, that may come by themselves. */
    private static final long MAX_REPAIR_US = 600_000;

    private static final long MAX_REORDER_US = 60_000;

    private final Shared shared;
    private final PortPeers place;
    private final Offer offer;
    private final PeerTimings timings;
    private final String name;
    private final String ufrag;
    private final String password;
    private final String cname;
    private final String answer;

    /** What all peers have in common. */
    record Shared(
            WebRtcOptions options,
            DtlsOptions dtls,
            DtlsPool pool,
            Fingerprint fingerprint,
            SecureRandom random,
            AddressLimit unfinished) {}

    /** A port with its peers and the candidates that lead to it. */
    record PortPeers(UdpPort port, PeerTable table, List<Candidate> candidates) {

        /** @throws IOException when no port is free, or the address is not this machine's; a sentence */
        static PortPeers open(
                NettyMediaLoop loop, InetAddress bind, int portFrom, int portTo, List<InetAddress> announced)
                throws IOException {
            PeerTable table = new PeerTable();
            UdpPort port = UdpPort.open(loop, bind, portFrom, portTo, table);
            return new PortPeers(port, table, Candidates.gather(announced, bind, port.number(), port.ipv6()));
        }

        NettyMediaLoop loop() {
            return port.loop();
        }
    }

    /** @param cname RTCP's canonical name, by which a client plays sources in step (RFC 3550 section 6.5.1) */
    PeerFactory(Shared shared, PortPeers place, Offer offer, String name, String cname, PeerTimings timings) {
        this.shared = shared;
        this.place = place;
        this.offer = offer;
        this.name = name;
        this.timings = timings;
        // RFC 8839 section 5.4 asks for 24 and 128 bits at least
        ufrag = text(shared, 8);
        password = text(shared, 24);
        this.cname = cname;
        List<String> candidates = new ArrayList<>();
        for (Candidate candidate : place.candidates()) {
            candidates.add(candidate.toSdp());
        }
        Candidate best = place.candidates().get(0);
        answer = Answer.write(
                offer,
                new LocalParameters(
                        shared.random().nextLong() >>> 1,
                        ufrag,
                        password,
                        shared.fingerprint(),
                        cname,
                        best.host(),
                        best.port(),
                        candidates));
    }

    /** A name that nobody else has. */
    static String cname(Shared shared) {
        return text(shared, 16);
    }

    private static String text(Shared shared, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ICE_CHARACTERS.charAt(shared.random().nextInt(ICE_CHARACTERS.length())));
        }
        return text.toString();
    }

    NettyMediaLoop loop() {
        return place.loop();
    }

    UdpPort port() {
        return place.port();
    }

    PeerTable table() {
        return place.table();
    }

    Offer offer() {
        return offer;
    }

    PeerTimings timings() {
        return timings;
    }

    String name() {
        return name;
    }

    String ufrag() {
        return ufrag;
    }

    String answer() {
        return answer;
    }

    String cname() {
        return cname;
    }

    PortPeers place() {
        return place;
    }

    long dtlsTimeoutUs() {
        return shared.options().dtlsTimeoutMs() * 1000L;
    }

    /** Of the handshakes that have begun and are not done. */
    AddressLimit unfinished() {
        return shared.unfinished();
    }

    IceLiteAgent ice() {
        return new IceLiteAgent(
                ufrag,
                password,
                place.table().message(),
                shared.options().iceTimeoutMs() * 1000L,
                shared.options().consentTimeoutMs() * 1000L,
                loop().nowUs(),
                shared.random());
    }

    BindingRequests requests() {
        return new BindingRequests(
                ufrag, offer.ufrag(), offer.password(), place.table().message(), shared.random());
    }

    DtlsConnection dtls(DtlsListener listener) {
        return new DtlsConnection(
                shared.dtls(),
                shared.pool(),
                loop(),
                certificate -> offer.fingerprints().stream().anyMatch(f -> f.matches(certificate)),
                listener);
    }

    RtpSession sending() {
        return new RtpSession(new RtpSessionConfig(
                sent(offer.track(MediaKind.VIDEO)),
                sent(offer.track(MediaKind.AUDIO)),
                cname,
                MonotonicClock.wallClockAtZeroUs(),
                RtpLimits.DEFAULT,
                shared.options().adapts()));
    }

    private RtpTrackConfig sent(Track track) {
        if (track == null) {
            return null;
        }
        String mid = track.mid() == null ? "" : track.mid();
        // sequence numbers start in the lower half: RFC 3711 section 3.3.1
        return new RtpTrackConfig(
                codec(track),
                track.payloadType(),
                track.ssrc(),
                rtx(track),
                track.rtxSsrc(),
                mid,
                mid.isEmpty() ? 0 : track.midExtension(),
                track.orientationExtension(),
                track.nack(),
                shared.random().nextInt(0x8000),
                shared.random().nextInt(0x8000),
                shared.random().nextInt());
    }

    RtpReceiver receiving(Function<RtpReceiverConfig, RtpReceiver> maker) {
        Track video = offer.track(MediaKind.VIDEO);
        Track audio = offer.track(MediaKind.AUDIO);
        Track main = video == null ? audio : video;
        return maker.apply(new RtpReceiverConfig(
                received(video),
                received(audio),
                main.ssrc(),
                cname,
                main.reducedSize(),
                START_BITRATE_BPS,
                main.remb() ? MAX_BITRATE_BPS : 0));
    }

    private static ReceiveTrackConfig received(Track track) {
        return track == null
                ? null
                : new ReceiveTrackConfig(
                        codec(track),
                        new int[] {track.payloadType()},
                        rtx(track),
                        track.orientationExtension(),
                        track.sendTimeExtension(),
                        track.nack(),
                        track.nack() ? MAX_REPAIR_US : MAX_REORDER_US);
    }

    private static Codec codec(Track track) {
        return track.kind() == MediaKind.VIDEO ? Codec.H264 : Codec.OPUS;
    }

    private static int rtx(Track track) {
        return track.hasRtx() ? track.rtxPayloadType() : RtpTrackConfig.NONE;
    }
}
