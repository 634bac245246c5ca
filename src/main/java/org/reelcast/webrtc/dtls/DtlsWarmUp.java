package org.reelcast.webrtc.dtls;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.reelcast.loop.MediaLoop;

/**
 * Shakes hands with ourselves in memory. The first handshake of a process loads hundreds of classes and runs
 * interpreted: 200 to 400 ms, which the first viewer shall not pay.
 */
public final class DtlsWarmUp {

    private DtlsWarmUp() {}

    /**
     * @param loop whose connections they pass for
     * @return how long the last of {@code rounds} handshakes took, in microseconds
     * @throws IOException when one fails: then none would succeed
     */
    public static long run(DtlsOptions options, DtlsPool pool, MediaLoop loop, int rounds) throws IOException {
        long tookUs = 0;
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            shakeHands(options, pool, loop);
            tookUs = (System.nanoTime() - start) / 1000;
        }
        return tookUs;
    }

    private static void shakeHands(DtlsOptions options, DtlsPool pool, MediaLoop loop) throws IOException {
        Link link = new Link(loop);
        link.server = new DtlsConnection(options, pool, loop, certificate -> true, link);
        try {
            new DtlsClient(options, certificate -> true).connect(link.client).close();
            link.connected.get(options.timeoutMs(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("The DTLS warm-up failed: " + e.getMessage(), e);
        } finally {
            loop.execute(link.server::close);
        }
    }

    /** A network without loss between two ends of this process. */
    private static final class Link implements DtlsListener {
        private final CompletableFuture<Void> connected = new CompletableFuture<>();
        private final DatagramQueue client = new DatagramQueue(this::sendToServer);
        private final MediaLoop loop;
        private DtlsConnection server;

        private Link(MediaLoop loop) {
            this.loop = loop;
        }

        private void sendToServer(byte[] datagram) {
            loop.execute(() -> server.receive(datagram, 0, datagram.length));
        }

        @Override
        public void onSend(byte[] datagram) {
            client.offer(datagram, 0, datagram.length);
        }

        @Override
        public Runnable onConnected(int profile, byte[] material) {
            return () -> connected.complete(null);
        }

        @Override
        public void onFailed(boolean fingerprint, String reason) {
            connected.completeExceptionally(new IOException(reason));
        }

        @Override
        public void onGone() {
            // the client's close_notify
        }
    }
}
