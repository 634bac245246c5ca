package org.reelcast.webrtc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Deadline;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.NettyMediaLoop;
import org.reelcast.loop.OnLoop;
import org.reelcast.media.MediaKind;
import org.reelcast.refusal.StatusText;
import org.reelcast.rtp.PacketSink;
import org.reelcast.webrtc.dtls.DtlsConnection;
import org.reelcast.webrtc.dtls.DtlsListener;
import org.reelcast.webrtc.sdp.Track;
import org.reelcast.webrtc.udp.DatagramKind;
import org.reelcast.webrtc.udp.UdpPort;

/**
 * One browser's connection: ICE, DTLS and SRTP put together, and a place for the RTP on top, which a viewer sends and a
 * publisher receives. Its state belongs to its loop; one deadline wakes all of its parts.
 */
public abstract class Peer implements PacketReceiver {
    private static final Logger LOG = Logger.getLogger(Peer.class.getName());
    /** How long to let the socket breathe when the kernel takes no more. */
    private static final long NOT_WRITABLE_US = 5_000;

    private enum State {
        NEW,
        OPEN,
        CONNECTED,
        CLOSED
    }

    private final PeerFactory parts;
    private final NettyMediaLoop loop;
    private final UdpPort port;
    private final PeerTable table;
    private final PeerListener listener;
    private final Connectivity network;
    private final DtlsConnection dtls;
    private final PeerTimings timings;
    private final Wake wake = new Wake();
    private final SrtpProtection protection;
    private State state = State.NEW;
    private InetSocketAddress dtlsAddress;
    private InetAddress unfinishedFrom;
    private long dtlsDeadlineUs = Deadline.NEVER;
    private SrtpContexts srtp;
    private long rtpReceived;
    private long rtcpReceived;
    private long refused;

    Peer(PeerFactory parts, PeerListener listener) {
        this.parts = parts;
        this.loop = parts.loop();
        this.port = parts.port();
        this.table = parts.table();
        this.listener = listener;
        this.timings = parts.timings();
        this.protection = new SrtpProtection(loop, timings);
        this.network = new Connectivity(parts, this);
        this.dtls = parts.dtls(new Handshake());
    }

    /** A decrypted packet of the browser's; returns whether {@link #poll} is to be called soon. */
    abstract boolean rtp(byte[] b, int length, long nowUs);

    /** A decrypted compound of the browser's; returns whether {@link #poll} is to be called soon. */
    abstract boolean rtcp(byte[] b, int length, long nowUs);

    /** Sends what is due; returns when to be called again. */
    abstract long poll(long nowUs, PacketSink sink);

    /** Sends the last words. */
    abstract void goodbye(long nowUs, PacketSink sink);

    /** From any thread, once: from now on the browser is expected. */
    void open() {
        table.expect();
        loop.execute(() -> {
            if (state == State.NEW) {
                state = State.OPEN;
                table.add(parts.ufrag(), this);
                loop.schedule(wake, network.deadlineUs());
            }
        });
    }

    /** What to give to the browser. */
    public final String answerSdp() {
        return parts.answer();
    }

    final PeerFactory parts() {
        return parts;
    }

    /** Where media is exchanged and the listener is called. */
    public final MediaLoop loop() {
        return loop;
    }

    /** Whether H.264 was agreed on. */
    public final boolean hasVideo() {
        return parts.offer().track(MediaKind.VIDEO) != null;
    }

    /** Whether Opus was agreed on. */
    public final boolean hasAudio() {
        return parts.offer().track(MediaKind.AUDIO) != null;
    }

    /** Media that the client wants and that it cannot have by its offer, a sentence; empty for none. */
    @AnyThread
    public final Optional<String> leftOut() {
        return parts.offer().leftOut();
    }

    /** What the client can have beside by a further connection; empty for nothing. */
    @AnyThread
    public final Optional<MediaKind> apart() {
        return parts.offer().apart();
    }

    /** The name that the connection was asked for under. */
    public final String name() {
        return parts.name();
    }

    public final PeerTimings timings() {
        return timings;
    }

    /** What was agreed on for that kind of media, null when nothing was. */
    public final Track track(MediaKind kind) {
        return parts.offer().track(kind);
    }

    /** Says goodbye and releases all; from any thread, any number of times. */
    @Override
    public final void close() {
        post(() -> release(true));
    }

    /** Whether media may flow. */
    @OnLoop
    boolean isConnected() {
        return state == State.CONNECTED;
    }

    /** {@link #poll} is to be called as soon as this round is over. */
    @OnLoop
    void wake() {
        if (state == State.CONNECTED) {
            loop.callSoon(wake);
        }
    }

    PeerListener listener() {
        return listener;
    }

    /** What the connection carried. */
    @OnLoop
    public final TrafficStatistics traffic() {
        InetSocketAddress remote = network.selected();
        return new TrafficStatistics(
                remote == null ? null : TrafficStatistics.address(remote),
                srtp == null ? null : srtp.profile().name(),
                protection.packetsSent(),
                protection.bytesSent(),
                rtpReceived,
                rtcpReceived,
                refused);
    }

    @Override
    public final void received(DatagramKind kind, InetSocketAddress from, byte[] b, int length, long nowUs) {
        if (state == State.CLOSED) {
            return;
        }
        switch (kind) {
            case STUN -> check(from, b, length, nowUs);
            case DTLS -> handshake(from, b, length, nowUs);
            case RTP -> media(b, length, nowUs);
            case RTCP -> control(b, length, nowUs);
            default -> {
                // of no use
            }
        }
    }

    private void handshake(InetSocketAddress from, byte[] b, int length, long nowUs) {
        if (srtp == null && unfinishedFrom == null) {
            // too many of one address wait for each other: what is dropped here the client sends again
            if (!parts.unfinished().enter(from.getAddress())) {
                return;
            }
            unfinishedFrom = from.getAddress();
        }
        timings.dtlsStarted(nowUs);
        dtlsAddress = from;
        dtls.receive(b, 0, length);
    }

    private void finishHandshake() {
        if (unfinishedFrom != null) {
            parts.unfinished().leave(unfinishedFrom);
            unfinishedFrom = null;
        }
    }

    private void check(InetSocketAddress from, byte[] b, int length, long nowUs) {
        boolean first = !network.hasBeenChecked();
        if (!network.received(from, b, length, nowUs)) {
            return;
        }
        if (first) {
            timings.checked(nowUs);
            dtlsDeadlineUs = nowUs + parts.dtlsTimeoutUs();
        }
        network.sendRequests(nowUs);
        if (state == State.CONNECTED) {
            // media that has paused goes on
            loop.callSoon(wake);
        } else {
            loop.schedule(wake, nextUs());
        }
    }

    private long nextUs() {
        return Math.min(Math.min(network.deadlineUs(), dtlsDeadlineUs), network.requestDueUs());
    }

    @Override
    public final boolean isHeard(InetSocketAddress address, long nowUs) {
        return network.isHeard(address, nowUs);
    }

    private void media(byte[] b, int length, long nowUs) {
        if (srtp == null) {
            return;
        }
        rtpReceived++;
        int plain = srtp.receiver().unprotectRtp(b, 0, length);
        if (plain < 0) {
            refused++;
        } else if (rtp(b, plain, nowUs)) {
            wake();
        }
    }

    private void control(byte[] b, int length, long nowUs) {
        if (srtp == null) {
            return;
        }
        rtcpReceived++;
        int plain = srtp.receiver().unprotectRtcp(b, 0, length);
        if (plain < 0) {
            refused++;
        } else if (rtcp(b, plain, nowUs)) {
            wake();
        }
    }

    private void connected(SrtpContexts contexts, long nowUs) {
        if (state != State.OPEN) {
            return;
        }
        srtp = contexts;
        protection.start(contexts.sender());
        state = State.CONNECTED;
        finishHandshake();
        dtlsDeadlineUs = Deadline.NEVER;
        timings.dtlsDone(nowUs);
        loop.schedule(wake, nextUs());
        listener.onConnected();
    }

    private void due(long nowUs) {
        if (state == State.CLOSED) {
            return;
        }
        if (nowUs >= network.deadlineUs()) {
            fail(
                    network.hasBeenChecked() ? StatusText.FAILED_BY_ICE_KEEP_ALIVE : StatusText.FAILED_BY_ICE_TIMEOUT,
                    "no valid ICE check");
            return;
        }
        if (nowUs >= dtlsDeadlineUs) {
            fail(
                    StatusText.FAILED_BY_DTLS_ERROR,
                    network.selected() == null
                            ? "no check of ours was answered"
                            : dtls.isStarted() ? "the handshake took too long" : "no handshake came");
            return;
        }
        network.sendRequests(nowUs);
        long next = nextUs();
        if (state == State.CONNECTED && network.hasConsent(nowUs)) {
            next = Math.min(
                    next,
                    port.isWritable()
                            ? poll(nowUs, port.sink().begin(protection, network.selected()))
                            : nowUs + NOT_WRITABLE_US);
        }
        if (state != State.CLOSED) {
            loop.schedule(wake, next);
        }
    }

    private void fail(StatusText reason, String sentence) {
        if (state != State.CLOSED) {
            LOG.fine(() -> name() + ": " + reason + ": " + sentence);
            release(false);
            listener.onFailed(reason);
        }
    }

    private void gone() {
        if (state != State.CLOSED) {
            release(false);
            listener.onClosed();
        }
    }

    private void release(boolean politely) {
        if (state == State.CLOSED) {
            return;
        }
        State before = state;
        state = State.CLOSED;
        loop.schedule(wake, Deadline.NEVER);
        if (politely && before == State.CONNECTED) {
            goodbye(loop.nowUs(), port.sink().begin(protection, network.selected()));
        }
        dtls.close();
        finishHandshake();
        table.remove(parts.ufrag());
        network.release();
    }

    /** On the loop at once, or as soon as it can; lost when the loop has ended. */
    private void post(Runnable task) {
        if (loop.inLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.finest("The media loop has ended");
        }
    }

    private final class Wake extends Deadline {
        @Override
        protected void due(long nowUs) {
            Peer.this.due(nowUs);
        }
    }

    /** What becomes of the handshake. */
    private final class Handshake implements DtlsListener {
        @Override
        public void onSend(byte[] datagram) {
            network.sendHandshake(datagram, dtlsAddress);
        }

        @Override
        public Runnable onConnected(int profile, byte[] material) {
            SrtpContexts contexts = SrtpContexts.of(profile, material);
            return () -> connected(contexts, loop.nowUs());
        }

        @Override
        public void onFailed(boolean fingerprint, String reason) {
            fail(fingerprint ? StatusText.FAILED_BY_DTLS_FINGERPRINT_ERROR : StatusText.FAILED_BY_DTLS_ERROR, reason);
        }

        @Override
        public void onGone() {
            gone();
        }
    }
}
