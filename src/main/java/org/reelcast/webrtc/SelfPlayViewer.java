package org.reelcast.webrtc;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.reelcast.webrtc.dtls.DtlsClient;
import org.reelcast.webrtc.dtls.DtlsOptions;
import org.reelcast.webrtc.ice.StunHmac;
import org.reelcast.webrtc.ice.StunMessage;
import org.reelcast.webrtc.ice.StunWriter;
import org.reelcast.webrtc.sdp.Fingerprint;
import org.reelcast.webrtc.srtp.SrtpKeys;
import org.reelcast.webrtc.srtp.SrtpProfile;
import org.reelcast.webrtc.srtp.SrtpReceiver;
import org.reelcast.webrtc.srtp.SrtpSender;
import org.reelcast.webrtc.udp.DatagramKind;

/** The browser's side of a {@link SelfPlay}, one thing after the other on the caller's thread. */
final class SelfPlayViewer implements Closeable {
    private static final String UFRAG = "rehearsal";
    private static final String PASSWORD = "rehearsal0123456789abcdef";
    private static final int TIMEOUT_MS = 2000;
    private static final int CHECKS_MS = 20;
    private static final int MTU = 1500;
    /** An empty receiver report (RFC 3550 section 6.4.2). */
    private static final byte[] REPORT = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 1};

    private final DtlsOptions dtls;
    private final DatagramSocket socket;
    private final StunMessage message = new StunMessage();
    private final byte[] b = new byte[2048];
    private final DatagramPacket incoming = new DatagramPacket(b, b.length);

    SelfPlayViewer(DtlsOptions dtls) throws IOException {
        this.dtls = dtls;
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** As Chromium writes it, without what is of no use here. */
    String offer() {
        String common = "c=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=ice-ufrag:" + UFRAG
                + "\r\na=ice-pwd:" + PASSWORD + "\r\na=ice-options:trickle\r\na=fingerprint:"
                + Fingerprint.sha256(dtls.certificate().der())
                + "\r\na=setup:actpass\r\n";
        return "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\na=extmap-allow-mixed\r\n"
                + "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 0\r\n" + common + "a=mid:0\r\n"
                + "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=recvonly\r\na=rtcp-mux\r\na=rtcp-rsize\r\n"
                + "a=rtpmap:111 opus/48000/2\r\na=rtcp-fb:111 transport-cc\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n"
                + "a=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\na=rtpmap:0 PCMU/8000\r\n"
                + "m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103\r\n" + common + "a=mid:1\r\n"
                + "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=extmap:13 urn:3gpp:video-orientation\r\n"
                + "a=recvonly\r\na=rtcp-mux\r\na=rtcp-rsize\r\na=rtpmap:96 VP8/90000\r\na=rtpmap:97 rtx/90000\r\n"
                + "a=fmtp:97 apt=96\r\n"
                + "a=rtpmap:102 H264/90000\r\na=rtcp-fb:102 goog-remb\r\na=rtcp-fb:102 ccm fir\r\n"
                + "a=rtcp-fb:102 nack\r\na=rtcp-fb:102 nack pli\r\na=fmtp:102 level-asymmetry-allowed=1;"
                + "packetization-mode=1;profile-level-id=42e01f\r\na=rtpmap:103 rtx/90000\r\na=fmtp:103 apt=102\r\n";
    }

    /**
     * Connects, takes the protection off so many packets, reports, and says goodbye.
     *
     * @throws IOException when something does not come in time
     */
    void watch(String answer, int port, int packets) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        check(value(answer, "a=ice-ufrag:"), new StunHmac(value(answer, "a=ice-pwd:")));
        DtlsClient client = new DtlsClient(dtls, certificate -> true);
        DTLSTransport transport = client.connect(new Records());
        SrtpProfile profile = SrtpProfile.of(client.profile());
        SrtpReceiver receiver = new SrtpReceiver(SrtpKeys.fromDtls(profile, client.material(), false));
        SrtpSender sender = new SrtpSender(SrtpKeys.fromDtls(profile, client.material(), true));
        for (int received = 0; received < packets; ) {
            int length = receive(DatagramKind.RTP, TIMEOUT_MS);
            if (length < 0 || receiver.unprotectRtp(b, 0, length) < 0) {
                throw new IOException(length < 0 ? "no media" : "media cannot be decrypted");
            }
            received++;
        }
        byte[] report = Arrays.copyOf(REPORT, REPORT.length + profile.rtcpOverhead());
        send(report, sender.protectRtcp(report, 0, REPORT.length));
        transport.close();
    }

    private void check(String ufrag, StunHmac hmac) throws IOException {
        StunWriter request = new StunWriter()
                .bindingRequest(new byte[12])
                .username(ufrag + ":" + UFRAG)
                .controlling(1)
                .priority(1)
                .useCandidate()
                .integrity(hmac)
                .fingerprint();
        for (int tries = 0; tries < TIMEOUT_MS / CHECKS_MS; tries++) {
            send(request.array(), request.length());
            int length = receive(DatagramKind.STUN, CHECKS_MS);
            if (length > 0 && message.parse(b, 0, length) && message.isBindingSuccess()) {
                return;
            }
        }
        throw new IOException("the check is not answered");
    }

    /** The value of the first line that begins so. */
    private static String value(String sdp, String name) {
        int from = sdp.indexOf(name) + name.length();
        return sdp.substring(from, sdp.indexOf('\r', from));
    }

    private void send(byte[] bytes, int length) throws IOException {
        socket.send(new DatagramPacket(bytes, length));
    }

    /** @return the length of the next datagram of that kind, in {@link #b}; negative when none comes in time */
    private int receive(DatagramKind kind, int waitMs) throws IOException {
        long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        do {
            try {
                socket.setSoTimeout((int) Math.max(1, (untilNanos - System.nanoTime()) / 1_000_000));
                incoming.setLength(b.length);
                socket.receive(incoming);
            } catch (SocketTimeoutException e) {
                return -1;
            }
            DatagramKind came = DatagramKind.of(b, incoming.getLength());
            if (came == DatagramKind.STUN && answers(incoming.getLength())) {
                continue;
            }
            if (came == kind) {
                return incoming.getLength();
            }
        } while (System.nanoTime() < untilNanos);
        return -1;
    }

    /** Whether it was a check of the server's, which is answered. */
    private boolean answers(int length) throws IOException {
        if (!message.parse(b, 0, length) || !message.isBindingRequest()) {
            return false;
        }
        StunWriter answer = new StunWriter()
                .bindingSuccess(message)
                .xorMappedAddress((InetSocketAddress) socket.getRemoteSocketAddress())
                .integrity(new StunHmac(PASSWORD))
                .fingerprint();
        send(answer.array(), answer.length());
        return true;
    }

    @Override
    public void close() {
        socket.close();
    }

    /** Bouncy Castle's view of the socket. */
    private final class Records implements DatagramTransport {
        @Override
        public int getReceiveLimit() {
            return MTU;
        }

        @Override
        public int getSendLimit() {
            return MTU;
        }

        @Override
        public int receive(byte[] target, int off, int length, int waitMs) throws IOException {
            int received = SelfPlayViewer.this.receive(DatagramKind.DTLS, waitMs == 0 ? TIMEOUT_MS : waitMs);
            if (received > 0) {
                System.arraycopy(b, 0, target, off, Math.min(received, length));
            }
            return Math.min(received, length);
        }

        @Override
        public void send(byte[] source, int off, int length) throws IOException {
            socket.send(new DatagramPacket(source, off, length));
        }

        @Override
        public void close() {
            // the socket outlives the records
        }
    }
}
