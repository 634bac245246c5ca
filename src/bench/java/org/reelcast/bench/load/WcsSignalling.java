package org.reelcast.bench.load;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A WebSocket as Flashphoner's SDK speaks it, without a thread of its own. */
final class WcsSignalling implements Signalling, WebSocket.Listener {
    private static final Gson GSON = new Gson().newBuilder().serializeNulls().create();

    private final HttpClient http;
    private final URI uri;
    private final String provider;
    private final String id = UUID.randomUUID().toString();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final CompletableFuture<Void> playing = new CompletableFuture<>();
    private volatile WebSocket socket;
    private volatile LoadViewer viewer;
    private volatile String authToken;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

    WcsSignalling(HttpClient http, URI uri) {
        this(http, uri, "WebRTC");
    }

    /** @param provider of media, as the SDK names it */
    WcsSignalling(HttpClient http, URI uri, String provider) {
        this.http = http;
        this.uri = uri;
        this.provider = provider;
    }

    @Override
    public CompletableFuture<Void> connect() {
        http.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(20))
                .buildAsync(uri, this)
                .whenComplete((open, error) -> {
                    if (error != null) {
                        connected.completeExceptionally(error);
                        return;
                    }
                    socket = open;
                    JsonObject hello = new JsonObject();
                    hello.addProperty("appKey", "defaultApp");
                    hello.add("mediaProviders", GSON.toJsonTree(List.of(provider)));
                    hello.addProperty("clientVersion", "2.0");
                    hello.addProperty("msePacketizationVersion", 2);
                    send("connection", hello);
                });
        return connected;
    }

    @Override
    public CompletableFuture<Void> play(LoadViewer who, String stream) {
        viewer = who;
        JsonObject data = stream(stream, "PENDING", false);
        data.addProperty("sdp", who.offer());
        send("playStream", data);
        return playing;
    }

    /** Asks for the stream by MSE. @return the server's answer, when its media may be fetched */
    CompletableFuture<String> playByMse(String stream) {
        JsonObject data = stream(stream, "PENDING", false);
        data.addProperty("sdp", "v=0\r\n");
        send("playStream", data);
        return answer;
    }

    /** What fetches media. */
    String authToken() {
        return authToken;
    }

    /** Asks to publish. @return the server's answer to the offer, when it comes */
    CompletableFuture<String> publish(String stream, String offer, boolean record) {
        JsonObject data = stream(stream, "PENDING", true);
        data.addProperty("record", record);
        data.addProperty("sdp", offer);
        send("publishStream", data);
        return answer;
    }

    private JsonObject stream(String name, String status, boolean published) {
        JsonObject data = new JsonObject();
        data.addProperty("mediaSessionId", id);
        data.addProperty("name", name);
        data.addProperty("published", published);
        data.addProperty("hasVideo", true);
        data.addProperty("hasAudio", true);
        data.addProperty("status", status);
        data.addProperty("record", false);
        data.addProperty("width", 0);
        data.addProperty("height", 0);
        data.addProperty("mediaProvider", provider);
        for (String number : List.of("bitrate", "minBitrate", "maxBitrate", "quality")) {
            data.addProperty(number, 0);
        }
        return data;
    }

    private void send(String name, JsonObject object) {
        JsonArray data = new JsonArray();
        data.add(object);
        JsonObject message = new JsonObject();
        message.addProperty("message", name);
        message.add("data", data);
        sendText(GSON.toJson(message));
    }

    /** A WebSocket of java.net.http takes one message at a time. */
    private synchronized void sendText(String text) {
        WebSocket to = socket;
        sending = sending.thenCompose(done -> to.sendText(text, true));
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            JsonObject message = JsonParser.parseString(partial.toString()).getAsJsonObject();
            partial.setLength(0);
            received(message.get("message").getAsString(), message.getAsJsonArray("data"));
        }
        from.request(1);
        return null;
    }

    private void received(String name, JsonArray data) {
        switch (name) {
            case "ping" -> sendText("{\"message\":\"pong\",\"data\":[null]}");
            case "getUserData" -> {
                authToken = data.get(0).getAsJsonObject().get("authToken").getAsString();
                connected.complete(null);
            }
            case "setRemoteSDP" -> {
                String sdp = data.get(1).getAsString();
                answer.complete(sdp);
                if (viewer != null) {
                    viewer.acceptAnswer(sdp);
                }
            }
            case "notifyStreamStatusEvent" -> status(data.get(0).getAsJsonObject());
            default -> {
                // what a viewer of load need not know
            }
        }
    }

    private void status(JsonObject event) {
        String status = event.get("status").getAsString();
        if (status.equals("PLAYING") || status.equals("PUBLISHING")) {
            playing.complete(null);
        } else if (status.equals("FAILED") || status.equals("STOPPED")) {
            IllegalStateException refusal =
                    new IllegalStateException(status + (event.has("info") ? " " + event.get("info") : ""));
            playing.completeExceptionally(refusal);
            answer.completeExceptionally(refusal);
        }
    }

    CompletableFuture<Void> playing() {
        return playing;
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
        IllegalStateException failure = new IllegalStateException(why);
        connected.completeExceptionally(failure);
        playing.completeExceptionally(failure);
        answer.completeExceptionally(failure);
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }
}
