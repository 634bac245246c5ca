package org.reelcast.webrtc.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reelcast.webrtc.dtls.DatagramQueue;
import org.reelcast.webrtc.dtls.DtlsCertificate;
import org.reelcast.webrtc.dtls.DtlsClient;
import org.reelcast.webrtc.dtls.DtlsOptions;
import org.reelcast.webrtc.ice.StunHmac;
import org.reelcast.webrtc.ice.StunMessage;
import org.reelcast.webrtc.ice.StunWriter;

/** A client that proves its address, begins a DTLS handshake with one byte, and leaves it at that. */
public final class StallingClient implements Closeable {
    private static final int CHECK_MS = 50;
    private static final int QUIET_MS = 300;
    private static final int MAX_CHECKS = 400;

    private final DatagramSocket socket;
    private final RemoteParameters server;

    /** @param answer the server's SDP */
    public StallingClient(String answer) throws IOException {
        server = RemoteParameters.of(answer);
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(CHECK_MS);
    }

    /** The check is answered when this returns. */
    public StallingClient stall() throws IOException {
        StunWriter check = new StunWriter()
                .bindingRequest(new byte[12])
                .username(server.ufrag() + ":x")
                .controlling(1)
                .priority(1)
                .useCandidate()
                .integrity(new StunHmac(server.password()))
                .fingerprint();
        for (int i = 0; !isAnswered(check); i++) {
            if (i == MAX_CHECKS) {
                throw new SocketTimeoutException("the check is not answered");
            }
        }
        socket.send(new DatagramPacket(new byte[] {22}, 1, server.address()));
        return this;
    }

    /** Sends a ClientHello that is whole, and answers nothing of what comes. */
    public void hello() {
        Thread thread = new Thread(() -> {
            try {
                SecureRandom random = new SecureRandom();
                DtlsOptions options =
                        new DtlsOptions(DtlsCertificate.create(random), random, List.of(7), profile -> 56, 1000, 50);
                new DtlsClient(options, certificate -> true).connect(new DatagramQueue(this::send));
            } catch (IOException e) {
                // as it has to be
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void send(byte[] datagram) {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, server.address()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What comes until nothing has come for 300 ms. */
    public List<byte[]> received() throws IOException {
        List<byte[]> all = new ArrayList<>();
        socket.setSoTimeout(QUIET_MS);
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return all;
            }
            all.add(Arrays.copyOf(packet.getData(), packet.getLength()));
        }
    }

    private boolean isAnswered(StunWriter check) throws IOException {
        socket.send(new DatagramPacket(check.array(), check.length(), server.address()));
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        StunMessage message = new StunMessage();
        try {
            do {
                socket.receive(packet);
            } while (!message.parse(packet.getData(), 0, packet.getLength()) || !message.isBindingSuccess());
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
