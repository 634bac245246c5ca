package org.reelcast.webrtc.dtls;

import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/**
 * Bouncy Castle's view of the network in one attempt at a handshake, and after the one that succeeds. It never waits:
 * an attempt that wants more than has come ends there, and what it says by then is not sent. For one thread at a time.
 */
final class AttemptTransport implements DatagramTransport {
    /** What a datagram may hold, both ways: fits any path that WebRTC runs over. */
    private static final int RECEIVE_LIMIT = 2048;

    private static final int SEND_LIMIT = 1200;

    private final Queue<byte[]> incoming;
    private final List<byte[]> outgoing = new ArrayList<>();
    private final InterruptedIOException nothing = new InterruptedIOException("Nothing has arrived");
    private int repeated;
    private boolean starved;
    private Consumer<byte[]> out;

    /**
     * @param arrived  all that the client has sent so far
     * @param repeated datagrams that earlier attempts have sent, and this one will make again
     */
    AttemptTransport(List<byte[]> arrived, int repeated) {
        this.incoming = new ArrayDeque<>(arrived);
        this.repeated = repeated;
    }

    /** Whether the attempt has come to where the client has to say more. */
    boolean isStarved() {
        return starved;
    }

    /** What it has to say that no attempt before has said. */
    List<byte[]> outgoing() {
        return outgoing;
    }

    /** The handshake is done: from now on all goes out at once. */
    void connect(Consumer<byte[]> to) {
        out = to;
    }

    /** Takes a datagram that has come after the handshake. */
    void offer(byte[] datagram) {
        incoming.add(datagram);
    }

    boolean isEmpty() {
        return incoming.isEmpty();
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_LIMIT;
    }

    @Override
    public int getSendLimit() {
        return SEND_LIMIT;
    }

    @Override
    public int receive(byte[] buf, int off, int len, int waitMillis) throws InterruptedIOException {
        byte[] datagram = incoming.poll();
        if (datagram == null) {
            starved = out == null;
            throw nothing;
        }
        int length = Math.min(len, datagram.length);
        System.arraycopy(datagram, 0, buf, off, length);
        return length;
    }

    @Override
    public void send(byte[] buf, int off, int len) {
        byte[] datagram = Arrays.copyOfRange(buf, off, off + len);
        if (out != null) {
            out.accept(datagram);
        } else if (repeated > 0) {
            repeated--;
        } else if (!starved) {
            outgoing.add(datagram);
        }
    }

    /** Bouncy Castle's way to say that the connection is over; what that means is for the alert to tell. */
    @Override
    public void close() {
        incoming.clear();
    }
}
