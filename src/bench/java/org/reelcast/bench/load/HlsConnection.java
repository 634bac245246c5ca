package org.reelcast.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;

/** A connection of HTTP/1.1 with one request on its way, whose answer has a length. For one thread. */
final class HlsConnection {
    private static final byte[] END_OF_HEAD = {13, 10, 13, 10};
    private static final String LENGTH = "\r\ncontent-length:";
    private static final int STATUS_AT = 9;

    private final SocketChannel channel;
    private final String head;
    private byte[] got = new byte[4096];
    private int length;
    private int headLength;
    private int bodyLength;
    private boolean keepsBody;
    private BiConsumer<Integer, byte[]> taker;

    HlsConnection(InetSocketAddress server, Selector selector) throws IOException {
        channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
        head = " HTTP/1.1\r\nHost: " + server.getHostString() + ":" + server.getPort()
                + "\r\nAccept: */*\r\nAccept-Encoding: identity\r\n\r\n";
    }

    /** Asks; a request is so short that the socket takes it at once. @param whole whether the body is wanted */
    void ask(String path, boolean whole, BiConsumer<Integer, byte[]> to) throws IOException {
        taker = to;
        keepsBody = whole;
        length = 0;
        headLength = 0;
        ByteBuffer request = ByteBuffer.wrap(("GET " + path + head).getBytes(StandardCharsets.US_ASCII));
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    boolean isIdle() {
        return taker == null;
    }

    /** Takes what came. @param scratch for what nobody wants */
    void read(ByteBuffer scratch) throws IOException {
        scratch.clear();
        for (int count = channel.read(scratch); count != 0; count = channel.read(scratch)) {
            if (count < 0) {
                throw new IOException("the server closed the connection");
            }
            take(scratch.flip());
            scratch.clear();
        }
    }

    private void take(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        if (headLength == 0 || keepsBody) {
            if (length + count > got.length) {
                got = Arrays.copyOf(got, (length + count) * 2);
            }
            bytes.get(got, length, count);
        }
        length += count;
        if (headLength == 0) {
            findHead();
        }
        if (headLength > 0 && length >= headLength + bodyLength) {
            BiConsumer<Integer, byte[]> to = taker;
            taker = null;
            int status = Integer.parseInt(new String(got, STATUS_AT, 3, StandardCharsets.US_ASCII));
            to.accept(status, keepsBody ? Arrays.copyOfRange(got, headLength, headLength + bodyLength) : null);
        }
    }

    private void findHead() throws IOException {
        for (int i = 0; i + END_OF_HEAD.length <= length; i++) {
            if (Arrays.equals(got, i, i + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                headLength = i + END_OF_HEAD.length;
                String text = new String(got, 0, headLength, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
                int at = text.indexOf(LENGTH);
                if (at < 0) {
                    throw new IOException("an answer without a length: " + text);
                }
                bodyLength = Integer.parseInt(text.substring(at + LENGTH.length(), text.indexOf('\r', at + 2))
                        .trim());
                return;
            }
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone in any case
        }
    }
}
