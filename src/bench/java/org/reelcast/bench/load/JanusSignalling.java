package org.reelcast.bench.load;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A viewer of Janus' streaming plugin: session, handle, watch; Janus offers, the viewer answers. Leaving is closing the
 * socket.
 */
final class JanusSignalling implements Signalling, WebSocket.Listener {
    private static final String SUBPROTOCOL = "janus-protocol";

    private final HttpClient http;
    private final URI uri;
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> playing = new CompletableFuture<>();
    private volatile WebSocket socket;
    private volatile LoadViewer viewer;
    private long session;
    private long handle;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

    JanusSignalling(HttpClient http, URI uri) {
        this.http = http;
        this.uri = uri;
    }

    @Override
    public CompletableFuture<Void> connect() {
        http.newWebSocketBuilder()
                .subprotocols(SUBPROTOCOL)
                .connectTimeout(Duration.ofSeconds(20))
                .buildAsync(uri, this)
                .whenComplete((open, error) -> {
                    if (error != null) {
                        connected.completeExceptionally(error);
                        return;
                    }
                    socket = open;
                    send("create", "session", new JsonObject());
                });
        return connected;
    }

    @Override
    public CompletableFuture<Void> play(LoadViewer who, String stream) {
        viewer = who;
        JsonObject body = new JsonObject();
        body.addProperty("request", "watch");
        body.addProperty("id", Integer.parseInt(stream));
        message("watch", body, null);
        return playing;
    }

    private void message(String transaction, JsonObject body, JsonObject description) {
        JsonObject message = new JsonObject();
        message.add("body", body);
        if (description != null) {
            message.add("jsep", description);
        }
        send("message", transaction, message);
    }

    private synchronized void send(String what, String transaction, JsonObject message) {
        message.addProperty("janus", what);
        message.addProperty("transaction", transaction);
        if (session != 0) {
            message.addProperty("session_id", session);
        }
        if (handle != 0) {
            message.addProperty("handle_id", handle);
        }
        WebSocket to = socket;
        sending = sending.thenCompose(done -> to.sendText(message.toString(), true));
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            JsonObject message = JsonParser.parseString(partial.toString()).getAsJsonObject();
            partial.setLength(0);
            received(message.get("janus").getAsString(), message);
        }
        from.request(1);
        return null;
    }

    private void received(String what, JsonObject message) {
        switch (what) {
            case "success" -> {
                long id = message.getAsJsonObject("data").get("id").getAsLong();
                if (message.get("transaction").getAsString().equals("session")) {
                    session = id;
                    JsonObject attach = new JsonObject();
                    attach.addProperty("plugin", "janus.plugin.streaming");
                    send("attach", "handle", attach);
                } else {
                    handle = id;
                    connected.complete(null);
                }
            }
            case "event" -> {
                if (message.has("jsep")) {
                    answer(message.getAsJsonObject("jsep").get("sdp").getAsString());
                }
            }
            case "webrtcup" -> playing.complete(null);
            case "error", "hangup" -> fail(message.toString());
            default -> {
                // acknowledgements
            }
        }
    }

    private void answer(String offer) {
        JsonObject description = new JsonObject();
        description.addProperty("type", "answer");
        description.addProperty("sdp", viewer.answer(offer));
        description.addProperty("trickle", false);
        JsonObject body = new JsonObject();
        body.addProperty("request", "start");
        message("start", body, description);
        viewer.acceptOffer(offer);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        fail("The server closed the socket: " + code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        fail(error.toString());
    }

    private void fail(String why) {
        connected.completeExceptionally(new IllegalStateException(why));
        playing.completeExceptionally(new IllegalStateException(why));
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }
}
