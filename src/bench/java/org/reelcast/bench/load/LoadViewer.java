package org.reelcast.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.reelcast.webrtc.client.ClientOffer;
import org.reelcast.webrtc.client.ClientOptions;
import org.reelcast.webrtc.client.RemoteParameters;
import org.reelcast.webrtc.dtls.CheapDtlsClient;
import org.reelcast.webrtc.dtls.DatagramQueue;
import org.reelcast.webrtc.ice.IceLiteAgent;
import org.reelcast.webrtc.ice.StunHmac;
import org.reelcast.webrtc.ice.StunMessage;
import org.reelcast.webrtc.ice.StunWriter;
import org.reelcast.webrtc.sdp.Fingerprint;
import org.reelcast.webrtc.srtp.SrtpKeys;
import org.reelcast.webrtc.srtp.SrtpProfile;
import org.reelcast.webrtc.srtp.SrtpReceiver;
import org.reelcast.webrtc.srtp.SrtpSender;

/**
 * A viewer that looks at headers alone: controlling ICE agent (lite where the server offers), DTLS client, counts,
 * reports once a second as browsers do. It decrypts up to the first key frame, then one packet in 64. On the loop's
 * thread but where it says otherwise.
 */
final class LoadViewer implements LoadLoop.Owner {
    static final String PASSWORD = "loadpassword0123456789";
    private static final int MAX_DATAGRAM = 2048;
    private static final long FIRST_CHECKS_US = 50_000;
    private static final long CONSENT_CHECKS_US = 2_500_000;

    private final LoadNetwork network;
    private final LoadSocket socket;
    private final String ufrag =
            "v" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36) + "xyz";
    private final DatagramQueue queue = new DatagramQueue(datagram -> send(datagram, datagram.length));
    private final byte[] bytes = new byte[MAX_DATAGRAM];
    private final byte[] transaction = new byte[12];
    private final StunWriter stun = new StunWriter();
    private final ViewerMedia media = new ViewerMedia(this::send);
    private final Consumer<String> failed;
    private volatile RemoteParameters remote;
    private StunHmac hmac;
    private StunMessage message;
    private IceLiteAgent lite;
    private boolean checked;
    private long checkAtUs;
    private volatile boolean closed;

    /** @param failed hears why, once, when there will be no media; any thread */
    LoadViewer(LoadNetwork network, Consumer<String> failed) throws IOException {
        this.network = network;
        this.failed = failed;
        socket = network.loop().open(this);
    }

    /** Any thread. */
    String offer() {
        return ClientOffer.write(ClientOptions.light(), ufrag, PASSWORD, fingerprint());
    }

    /** Takes all that a server offers, from this viewer's one address. Any thread. */
    String answer(String offer) {
        // on one machine both ends have the server's address
        String candidate = "\r\na=candidate:1 1 udp 2130706431 "
                + RemoteParameters.of(offer).address().getAddress().getHostAddress() + " " + socket.port()
                + " typ host\r\na=end-of-candidates";
        StringBuilder sdp = new StringBuilder();
        for (String line : offer.lines().toList()) {
            String name = line.substring(0, Math.max(line.indexOf(':'), 0));
            switch (name) {
                case "a=ice-ufrag" -> sdp.append("a=ice-ufrag:").append(ufrag);
                case "a=ice-pwd" -> sdp.append("a=ice-pwd:").append(PASSWORD);
                case "a=fingerprint" -> sdp.append("a=fingerprint:").append(fingerprint());
                case "a=mid" -> sdp.append(line).append(candidate);
                case "a=setup" -> sdp.append("a=setup:active");
                case "a=candidate", "a=ssrc", "a=ssrc-group", "a=msid", "a=ice-options" -> {
                    continue;
                }
                default -> {
                    if (line.equals("a=ice-lite") || line.equals("a=end-of-candidates")) {
                        continue;
                    }
                    sdp.append(line.equals("a=sendonly") ? "a=recvonly" : line);
                }
            }
            sdp.append("\r\n");
        }
        sdp.insert(sdp.indexOf("\r\nm=") + 2, "a=ice-lite\r\n");
        return sdp.toString();
    }

    private String fingerprint() {
        return Fingerprint.sha256(network.dtls().certificate().der()).toString();
    }

    /** Begins to send checks. Any thread. */
    void acceptAnswer(String answer) {
        RemoteParameters side = RemoteParameters.of(answer);
        network.loop().execute(() -> {
            begin(side);
            check(WallClock.nowUs());
        });
    }

    /** Waits for the server's checks, as who has made the offer leads. Any thread. */
    void acceptOffer(String offer) {
        RemoteParameters side = RemoteParameters.of(offer);
        network.loop().execute(() -> {
            begin(side);
            lite = new IceLiteAgent(
                    ufrag, PASSWORD, message, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2, 0, ThreadLocalRandom.current());
        });
    }

    private void begin(RemoteParameters side) {
        hmac = new StunHmac(side.password());
        message = new StunMessage();
        media.types(side);
        remote = side;
    }

    @Override
    public void tick(long nowUs) {
        if (remote != null && lite == null && nowUs >= checkAtUs) {
            check(nowUs);
        }
        media.tick(nowUs);
    }

    private void check(long nowUs) {
        checkAtUs = nowUs + (checked ? CONSENT_CHECKS_US : FIRST_CHECKS_US);
        ThreadLocalRandom.current().nextBytes(transaction);
        stun.bindingRequest(transaction)
                .username(remote.ufrag() + ":" + ufrag)
                .controlling(4711)
                .priority(1)
                .useCandidate()
                .integrity(hmac)
                .fingerprint();
        send(stun.array(), stun.length());
    }

    private void send(byte[] datagram, int length) {
        socket.send(datagram, length, remote.address());
    }

    @Override
    public void datagram(ByteBuffer b, int at, int length, long timeUs) {
        int first = b.get(at) & 0xFF;
        if (first >= 128 && first < 192) {
            int type = b.get(at + 1) & 0xFF;
            if (!checked) {
                // for the viewer that had this port before
                return;
            }
            if (type >= 192 && type < 224) {
                b.get(at, bytes, 0, length);
                media.rtcp(bytes, length, timeUs);
            } else {
                media.rtp(b, at, length, timeUs);
            }
        } else if (first < 4 && remote != null) {
            b.get(at, bytes, 0, length);
            stun(length);
        } else if (first >= 20 && first < 64) {
            b.get(at, bytes, 0, length);
            queue.offer(bytes, 0, length);
        }
    }

    private void stun(int length) {
        if (lite == null) {
            answered(length);
        } else if (lite.receive(bytes, 0, length, remote.address(), WallClock.nowUs()) != IceLiteAgent.Result.IGNORED) {
            send(lite.response().array(), lite.response().length());
            if (!checked && lite.hasBeenChecked()) {
                checked = true;
                network.pool().execute(this::handshake);
            }
        }
    }

    private void answered(int length) {
        if (!message.parse(bytes, 0, length)) {
            return;
        }
        if (message.isBindingRequest()) {
            stun.bindingSuccess(message)
                    .xorMappedAddress(remote.address())
                    .integrity(new StunHmac(PASSWORD))
                    .fingerprint();
            send(stun.array(), stun.length());
        } else if (!checked && message.isBindingSuccess() && message.isAuthentic(hmac)) {
            checked = true;
            network.pool().execute(this::handshake);
        }
    }

    private void handshake() {
        try {
            CheapDtlsClient client = network.dtlsClient(remote);
            client.connect(queue);
            SrtpProfile profile = SrtpProfile.of(client.profile());
            SrtpSender sender = new SrtpSender(SrtpKeys.fromDtls(profile, client.material(), true));
            SrtpReceiver receiver = new SrtpReceiver(SrtpKeys.fromDtls(profile, client.material(), false));
            network.loop().execute(() -> media.start(sender, receiver));
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                failed.accept("DTLS: " + e);
            }
        }
    }

    ViewerMedia media() {
        return media;
    }

    /** Goes without a word; the server hears of it by signalling. Any thread. */
    void close() {
        closed = true;
        queue.abort();
        network.loop().close(socket);
    }
}
