package org.reelcast.transport;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.reelcast.loop.Blocking;

/**
 * A WebSocket client to ourselves (RFC 6455), as little of it as the warm-up needs: text in one frame of less than
 * 64 KB.
 */
@Blocking
final class LoopbackSocket implements Closeable {
    private static final int TIMEOUT_MS = 2000;
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int MASKED = 0x80;
    private static final int LENGTH_FOLLOWS = 126;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    /** @throws IOException when there is nobody, or somebody who speaks no WebSocket */
    LoopbackSocket(InetSocketAddress server) throws IOException {
        try {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.connect(server, TIMEOUT_MS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            String key = Base64.getEncoder().encodeToString(new byte[16]);
            write(("GET / HTTP/1.1\r\nHost: " + server.getHostString() + ":" + server.getPort()
                            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: " + key + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String status = line();
            for (String line = status; !line.isEmpty(); line = line()) {
                // of the answer only the status matters
            }
            if (!status.contains(" 101 ")) {
                throw new IOException("No WebSocket: " + status);
            }
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            line.append(c == '\r' ? "" : Character.toString(c));
        }
        return line.toString();
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends a message and waits for the next one. */
    String ask(String message) throws IOException {
        send(TEXT, message.getBytes(StandardCharsets.UTF_8));
        int head = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        byte[] answer = new byte[length == LENGTH_FOLLOWS ? in.readUnsignedShort() : length];
        in.readFully(answer);
        if (head != TEXT) {
            throw new IOException("Not a text but " + head);
        }
        return new String(answer, StandardCharsets.UTF_8);
    }

    /** Under a mask of zeros, which leaves the payload as it is (section 5.3). */
    private void send(int head, byte[] payload) throws IOException {
        boolean isLong = payload.length >= LENGTH_FOLLOWS;
        int at = isLong ? 8 : 6;
        byte[] frame = new byte[at + payload.length];
        frame[0] = (byte) head;
        frame[1] = (byte) (MASKED | (isLong ? LENGTH_FOLLOWS : payload.length));
        if (isLong) {
            frame[2] = (byte) (payload.length >> 8);
            frame[3] = (byte) payload.length;
        }
        System.arraycopy(payload, 0, frame, at, payload.length);
        write(frame);
    }

    @Override
    public void close() throws IOException {
        try (socket) {
            send(CLOSE, new byte[0]);
        }
    }
}
