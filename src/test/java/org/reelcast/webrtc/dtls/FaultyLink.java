package org.reelcast.webrtc.dtls;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.bouncycastle.tls.DTLSTransport;
import org.reelcast.loop.NettyMediaLoop;

/** A client and a server in one process with a network between them that loses, doubles and swaps datagrams. */
final class FaultyLink implements DtlsListener {

    /** Which datagrams get lost. */
    interface Loss {
        /** @param n counts each direction's datagrams from 0 */
        boolean isLost(int n, boolean toServer);
    }

    private final Loss loss;
    private final DtlsConnection server;
    private final DtlsClient client;
    private final DatagramQueue queue;
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final CompletableFuture<Void> firstFlight = new CompletableFuture<>();
    /** The server's. */
    private final NettyMediaLoop loop;

    private final int[] sent = new int[2];
    private final byte[][] held = new byte[2][];
    private Random reorder;
    private Consumer<DtlsConnection> afterFlight = server -> {};
    private int profile;
    private byte[] material;
    private boolean fingerprintWrong;

    FaultyLink(
            DtlsOptions serverOptions,
            DtlsOptions clientOptions,
            DtlsPool pool,
            NettyMediaLoop loop,
            Predicate<byte[]> isPeer,
            Loss loss) {
        this.loop = loop;
        this.loss = loss;
        server = new DtlsConnection(serverOptions, pool, loop, isPeer, this);
        client = new DtlsClient(clientOptions, certificate -> true);
        queue = new DatagramQueue(datagram -> carry(datagram, true));
    }

    void reorder(Random random) {
        reorder = random;
    }

    void sendLimit(int bytes) {
        queue.sendLimit(bytes);
    }

    DTLSTransport connect() throws IOException {
        return client.connect(queue);
    }

    private synchronized void carry(byte[] datagram, boolean toServer) {
        int side = toServer ? 1 : 0;
        if (loss.isLost(sent[side]++, toServer)) {
            return;
        }
        if (reorder != null && held[side] == null && reorder.nextInt(3) == 0) {
            held[side] = datagram;
            return;
        }
        deliver(datagram, toServer);
        if (held[side] != null) {
            deliver(held[side], toServer);
            held[side] = null;
        }
        if (reorder != null && reorder.nextInt(4) == 0) {
            deliver(datagram, toServer);
        }
    }

    private void deliver(byte[] datagram, boolean toServer) {
        if (toServer) {
            loop.execute(() -> server.receive(datagram, 0, datagram.length));
        } else {
            queue.offer(datagram, 0, datagram.length);
        }
    }

    /** Something to do at the server before the client can answer its first flight. */
    void onFirstFlight(Consumer<DtlsConnection> action) {
        afterFlight = action;
    }

    @Override
    public void onSend(byte[] datagram) {
        if (!firstFlight.isDone()) {
            loop.execute(() -> afterFlight.accept(server));
        }
        firstFlight.complete(null);
        carry(datagram, false);
    }

    @Override
    public Runnable onConnected(int chosen, byte[] keys) {
        profile = chosen;
        material = keys;
        return () -> connected.complete(null);
    }

    @Override
    public void onFailed(boolean fingerprint, String reason) {
        fingerprintWrong = fingerprint;
        connected.completeExceptionally(new IOException(reason));
    }

    @Override
    public void onGone() {
        gone.complete(null);
    }

    /** Does something with the server's connection, where that belongs. */
    void atServer(Consumer<DtlsConnection> action) {
        CompletableFuture.runAsync(() -> action.accept(server), loop).join();
    }

    DtlsClient client() {
        return client;
    }

    void abortClient() {
        queue.abort();
    }

    CompletableFuture<Void> connected() {
        return connected;
    }

    CompletableFuture<Void> gone() {
        return gone;
    }

    /** The server has answered. */
    CompletableFuture<Void> firstFlight() {
        return firstFlight;
    }

    int profile() {
        connected.join();
        return profile;
    }

    byte[] material() {
        connected.join();
        return material;
    }

    boolean isFingerprintWrong() {
        return fingerprintWrong;
    }
}
