package org.reelcast.bench.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A viewer by MSE as Flashphoner's SDK is: media by a second WebSocket, each message of which is answered. */
final class MseGuest implements WebSocket.Listener {
    private static final int RECORD_HEAD = 9;
    private static final int VIDEO = 9;

    private final HttpClient http;
    private final URI uri;
    private final WcsSignalling signalling;
    private final StringBuilder partial = new StringBuilder();
    /** Of the record that comes: what of its head and the byte that follows is there, and how many bytes of it are to come. */
    private final byte[] head = new byte[RECORD_HEAD + 2];

    private int headLength;
    private long bodyLeft;
    private WebSocket socket;
    private volatile long askedUs;
    private volatile long firstUs;
    private volatile long bytes;
    private volatile String failure;

    MseGuest(HttpClient http, URI uri) {
        this.http = http;
        this.uri = uri;
        signalling = new WcsSignalling(http, uri, "MSE");
    }

    /** Connects and plays; returns at once. */
    void join(String stream) {
        signalling
                .connect()
                .thenCompose(connected -> signalling.playByMse(stream))
                .thenCompose(answered -> http.newWebSocketBuilder().buildAsync(uri, this))
                .thenCompose(opened -> {
                    socket = opened;
                    askedUs = WallClock.nowUs();
                    return opened.sendText(
                            "{\"message\":\"connectMediaTransport\",\"data\":[{\"authToken\":\""
                                    + signalling.authToken() + "\"}]}",
                            true);
                })
                .whenComplete((done, error) -> failure = error == null ? failure : error.toString());
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        bytes += data.remaining();
        if (firstUs == 0) {
            look(data);
        }
        from.request(1);
        return null;
    }

    /** For the first picture that is no configuration. */
    private void look(ByteBuffer data) {
        while (data.hasRemaining()) {
            if (bodyLeft > 0) {
                int skipped = (int) Math.min(bodyLeft, data.remaining());
                data.position(data.position() + skipped);
                bodyLeft -= skipped;
            } else {
                head[headLength++] = data.get();
                if (headLength == head.length) {
                    bodyLeft = ByteBuffer.wrap(head).getInt(5) - 2L;
                    headLength = 0;
                    if (head[0] == VIDEO && head[RECORD_HEAD + 1] == 1) {
                        firstUs = WallClock.nowUs();
                        return;
                    }
                }
            }
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        CompletableFuture<WebSocket> sent = null;
        if (last) {
            sent = partial.toString().contains("ping") ? from.sendText("{\"message\":\"pong\"}", true) : null;
            partial.setLength(0);
        }
        from.request(1);
        return sent;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        failure = error.toString();
    }

    String failure() {
        return failure;
    }

    boolean hasPicture() {
        return firstUs != 0;
    }

    /** Microseconds from asking for media to the first picture. */
    long firstPictureUs() {
        return firstUs - askedUs;
    }

    long bytes() {
        return bytes;
    }

    void leave() {
        signalling.close();
        if (socket != null) {
            socket.abort();
        }
    }
}
