package org.reelcast.webrtc.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DTLSTransport;
import org.reelcast.loop.MonotonicClock;
import org.reelcast.webrtc.dtls.DatagramQueue;
import org.reelcast.webrtc.dtls.DtlsClient;
import org.reelcast.webrtc.ice.StunHmac;
import org.reelcast.webrtc.ice.StunMessage;
import org.reelcast.webrtc.ice.StunWriter;
import org.reelcast.webrtc.sdp.Fingerprint;
import org.reelcast.webrtc.srtp.SrtpKeys;
import org.reelcast.webrtc.srtp.SrtpProfile;
import org.reelcast.webrtc.srtp.SrtpReceiver;
import org.reelcast.webrtc.srtp.SrtpSender;
import org.reelcast.webrtc.udp.DatagramKind;

/**
 * A viewer without a picture: controlling ICE agent, DTLS client, counts what comes. Made for hundreds in one process.
 * Use: {@link #offer}, give it to the server, {@link #accept} its answer.
 */
public final class LightClient extends SimpleChannelInboundHandler<DatagramPacket> implements Closeable {
    private static final String PASSWORD = "clientpassword0123456789";
    private static final long FIRST_CHECKS_MS = 50;
    private static final long CONSENT_CHECKS_MS = 2500;
    /** By how many datagrams a replay is late. */
    private static final int REPLAY_LATER = 10;

    private final ClientNetwork network;
    private final ClientOptions options;
    private final String ufrag =
            "c" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36) + "xyz";
    private final byte[] transaction = new byte[12];
    private final StunMessage message = new StunMessage();
    private final StunWriter writer = new StunWriter();
    private final Semaphore flights = new Semaphore(0);
    private final DatagramQueue queue = new DatagramQueue(datagram -> {
        flights.release();
        send(datagram);
    });
    private final byte[] incoming = new byte[2048];
    private final CompletableFuture<Void> checked = new CompletableFuture<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> closedByServer = new CompletableFuture<>();
    private final CompletableFuture<Integer> refused = new CompletableFuture<>();
    private final ClientMedia media;
    private final Channel channel;
    private RemoteParameters remote;
    private StunHmac hmac;
    private ScheduledFuture<?> checks;
    private volatile DtlsClient handshaker;
    private volatile DTLSTransport dtls;
    private int rtpDatagrams;
    private final Queue<byte[]> overheard = new ArrayDeque<>();
    private boolean replays;
    private boolean answers = true;
    private final Semaphore answered = new Semaphore(0);
    private volatile ScheduledFuture<?> work;

    public LightClient(ClientNetwork network, ClientOptions options) {
        super(true);
        this.network = network;
        this.options = options;
        this.media = new ClientMedia(options, this::sendMedia);
        this.channel = network.socket(this);
    }

    public String offer() {
        return ClientOffer.write(
                options,
                ufrag,
                PASSWORD,
                Fingerprint.sha256(network.dtls().certificate().der()).toString());
    }

    /** Starts checks, DTLS after the first that was answered. */
    public LightClient accept(String answer) {
        remote = RemoteParameters.of(answer);
        hmac = new StunHmac(remote.password());
        media.types(remote);
        channel.eventLoop().execute(() -> checkEvery(FIRST_CHECKS_MS));
        return this;
    }

    private void checkEvery(long periodMs) {
        if (checks != null) {
            checks.cancel(false);
        }
        checks = channel.eventLoop()
                .scheduleAtFixedRate(
                        this::check, periodMs == FIRST_CHECKS_MS ? 0 : periodMs, periodMs, TimeUnit.MILLISECONDS);
    }

    private void check() {
        ThreadLocalRandom.current().nextBytes(transaction);
        writer.bindingRequest(transaction)
                .username(remote.ufrag() + ":" + ufrag)
                .controlling(4711)
                .priority(1)
                .useCandidate()
                .integrity(hmac)
                .fingerprint();
        send(writer.array(), writer.length());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        ByteBuf content = packet.content();
        int length = content.readableBytes();
        content.readBytes(incoming, 0, length);
        switch (DatagramKind.of(incoming, length)) {
            case STUN -> answered(length);
            case DTLS -> dtls(length);
            case RTP -> {
                if (!options.lose().test(rtpDatagrams++)) {
                    media.rtp(incoming, length, MonotonicClock.nowUs());
                }
            }
            case RTCP -> media.rtcp(incoming, length, MonotonicClock.nowUs());
            default -> throw new IllegalStateException("The server sent garbage");
        }
    }

    private void answered(int length) {
        if (!message.parse(incoming, 0, length)) {
            return;
        }
        if (answers && message.isBindingRequest()) {
            // with the request's user name, as libnice has it
            writer.bindingSuccess(message)
                    .xorMappedAddress(remote.address())
                    .username(ufrag + ":" + remote.ufrag())
                    .integrity(new StunHmac(PASSWORD))
                    .fingerprint();
            send(writer.array(), writer.length());
            answered.release();
        }
        if (message.isBindingError()) {
            refused.complete(message.errorCode());
        }
        if (message.isBindingSuccess() && message.isAuthentic(hmac) && !checked.isDone()) {
            checked.complete(null);
            checkEvery(CONSENT_CHECKS_MS);
            network.pool().execute(this::handshake);
        }
    }

    private void handshake() {
        try {
            DtlsClient client = new DtlsClient(network.dtls(), remote::isCertificate);
            handshaker = client;
            dtls = client.connect(queue);
            SrtpProfile profile = SrtpProfile.of(client.profile());
            SrtpSender sender = new SrtpSender(SrtpKeys.fromDtls(profile, client.material(), true));
            SrtpReceiver receiver = new SrtpReceiver(SrtpKeys.fromDtls(profile, client.material(), false));
            channel.eventLoop().execute(() -> {
                media.start(sender, receiver, channel.eventLoop());
                connected.complete(null);
            });
        } catch (IOException | RuntimeException e) {
            connected.completeExceptionally(e);
        }
    }

    private void dtls(int length) {
        queue.offer(incoming, 0, length);
        DTLSTransport transport = dtls;
        if (transport != null) {
            try {
                transport.receive(new byte[2048], 0, 2048, 1);
            } catch (IOException e) {
                closedByServer.complete(null);
            }
            if (handshaker.isClosedByServer()) {
                closedByServer.complete(null);
            }
        }
    }

    private void sendMedia(byte[] encrypted) {
        send(encrypted);
        if (replays) {
            send(encrypted);
            overheard.add(encrypted);
            if (overheard.size() > REPLAY_LATER) {
                send(overheard.remove());
            }
        }
    }

    private void send(byte[] datagram) {
        send(datagram, datagram.length);
    }

    private void send(byte[] b, int length) {
        channel.writeAndFlush(new DatagramPacket(Unpooled.copiedBuffer(b, 0, length), remote.address()));
    }

    /** Sends any bytes from this client's address. */
    public void sendRaw(byte[] bytes) {
        send(bytes);
    }

    /**
     * From now on all that goes encrypted goes twice more, the same bytes, at once and a little later: what one who
     * listens in could send. Any thread.
     */
    public void replay() {
        run(() -> replays = true);
    }

    /** From now on answers no checks, and sends none. */
    public void fallSilent() {
        run(() -> {
            checks.cancel(false);
            answers = false;
        });
    }

    /** Takes that back. */
    public void speakAgain() {
        run(() -> {
            answers = true;
            checkEvery(CONSENT_CHECKS_MS);
            check();
        });
    }

    /** From now on sends no checks, and answers them, as libnice does once it is connected. Any thread. */
    public void onlyAnswer() {
        answered.drainPermits();
        run(() -> checks.cancel(false));
    }

    /** Waits until so many requests were answered. */
    public boolean awaitAnswers(int count, long seconds) throws InterruptedException {
        return answered.tryAcquire(count, seconds, TimeUnit.SECONDS);
    }

    /** Waits until so many datagrams of its handshake have gone out. */
    public boolean awaitHandshake(int datagrams, long seconds) throws InterruptedException {
        return flights.tryAcquire(datagrams, seconds, TimeUnit.SECONDS);
    }

    /** On the network thread, as soon as the transport stands and then every so often, until the client goes. */
    void every(long periodMs, Runnable task) {
        connected.thenRunAsync(
                () -> work = channel.eventLoop().scheduleAtFixedRate(task, 0, periodMs, TimeUnit.MILLISECONDS),
                channel.eventLoop());
    }

    /** On the network thread. */
    void run(Runnable task) {
        channel.eventLoop().execute(task);
    }

    /** Sends a packet or compound of the test's own making, encrypted; any thread. */
    public void sendProtected(byte[] plain, boolean rtcp) {
        run(() -> {
            if (rtcp) {
                media.sendRtcp(plain, 0, plain.length);
            } else {
                media.sendRtp(plain, 0, plain.length);
            }
        });
    }

    /** A check was answered with success. */
    public CompletableFuture<Void> checked() {
        return checked;
    }

    /** DTLS is done. */
    public CompletableFuture<Void> connected() {
        return connected;
    }

    /** The server said close_notify. */
    public CompletableFuture<Void> closedByServer() {
        return closedByServer;
    }

    public ClientMedia media() {
        return media;
    }

    /** The code of the first STUN error response. */
    public CompletableFuture<Integer> refused() {
        return refused;
    }

    /** Asks for a key frame. */
    public void pictureLoss() {
        channel.eventLoop().execute(media::pictureLoss);
    }

    /** Goes away without a word. */
    public void vanish() {
        media.stop();
        if (work != null) {
            work.cancel(false);
        }
        queue.abort();
        channel.close().syncUninterruptibly();
    }

    /** Says close_notify and goes. */
    @Override
    public void close() {
        DTLSTransport transport = dtls;
        if (transport != null) {
            try {
                transport.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        vanish();
    }
}
