package org.reelcast.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/** A client's view of the network, which Bouncy Castle may wait for: a bounded queue of what arrived, and a way out. */
public final class DatagramQueue implements DatagramTransport {
    private static final int CAPACITY = 32;
    /** What a datagram may hold, both ways: fits any path that WebRTC runs over. */
    private static final int RECEIVE_LIMIT = 2048;

    private static final int DEFAULT_SEND_LIMIT = 1200;
    private static final byte[] CLOSED = new byte[0];

    private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(CAPACITY);
    private final Consumer<byte[]> out;
    private final InterruptedIOException nothing = new InterruptedIOException("Nothing has arrived");
    private volatile int sendLimit = DEFAULT_SEND_LIMIT;
    private volatile boolean closed;
    private volatile boolean waits = true;

    /** @param out where datagrams to send go; the array is its own to keep */
    public DatagramQueue(Consumer<byte[]> out) {
        this.out = out;
    }

    /** @return false when the queue is full and the datagram was dropped, as a network would */
    public boolean offer(byte[] b, int off, int length) {
        return incoming.offer(Arrays.copyOfRange(b, off, off + length));
    }

    /** Datagrams get no longer than this; handshake messages that are go in fragments. */
    void sendLimit(int bytes) {
        sendLimit = bytes;
    }

    boolean isEmpty() {
        return incoming.isEmpty();
    }

    /** From now on {@link #receive} does not wait. */
    void stopWaiting() {
        waits = false;
    }

    /** Ends a wait. */
    public void abort() {
        closed = true;
        incoming.clear();
        incoming.offer(CLOSED);
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_LIMIT;
    }

    @Override
    public int getSendLimit() {
        return sendLimit;
    }

    @Override
    public int receive(byte[] buf, int off, int len, int waitMillis) throws IOException {
        byte[] datagram;
        try {
            datagram = waits
                    ? incoming.poll(waitMillis == 0 ? Integer.MAX_VALUE : waitMillis, TimeUnit.MILLISECONDS)
                    : incoming.poll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
        if (closed) {
            throw new IOException("Closed");
        }
        if (datagram == null) {
            if (!waits) {
                throw nothing;
            }
            return -1;
        }
        int length = Math.min(len, datagram.length);
        System.arraycopy(datagram, 0, buf, off, length);
        return length;
    }

    @Override
    public void send(byte[] buf, int off, int len) {
        out.accept(Arrays.copyOfRange(buf, off, off + len));
    }

    /** Bouncy Castle's way to say that the connection is over; what that means is for the alert to tell. */
    @Override
    public void close() {
        incoming.clear();
    }
}
