package org.reelcast.e2e.harness;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A client that speaks the SDK's protocol word for word and checks every answer's envelope: {@code message} a string,
 * {@code data} always an array. Keeps all it got; answers pings unless told not to.
 */
public final class SignallingClient implements AutoCloseable, WebSocket.Listener {
    private static final Gson GSON = new Gson().newBuilder().serializeNulls().create();
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    private final List<Message> received = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final boolean answersPings;
    private WebSocket socket;
    private boolean closed;

    private SignallingClient(boolean answersPings) {
        this.answersPings = answersPings;
    }

    /**
     * One message from the server.
     *
     * @param name its {@code message}
     * @param data its {@code data}
     */
    public record Message(String name, JsonArray data) {

        /** The first element, which nearly all messages have. */
        public JsonObject object() {
            return data.get(0).getAsJsonObject();
        }

        /** A field of the first element, null when absent. */
        public String text(String field) {
            JsonElement value = object().get(field);
            return value == null || value.isJsonNull() ? null : value.getAsString();
        }

        boolean isOf(String mediaSessionId) {
            return !data.isEmpty() && data.get(0).isJsonObject() && mediaSessionId.equals(text("mediaSessionId"));
        }
    }

    /** Introduces itself, through a proxy that names the client. */
    public static SignallingClient connectFrom(String address, String url) {
        SignallingClient client = new SignallingClient(true);
        client.open(url, "X-Forwarded-For", address);
        client.sendConnection();
        client.await("getUserData");
        return client;
    }

    /** Opens the socket only. */
    public static SignallingClient open(String url) {
        return open(url, true);
    }

    public static SignallingClient open(String url, boolean answersPings) {
        SignallingClient client = new SignallingClient(answersPings);
        client.open(url, "User-Agent", "test");
        return client;
    }

    private void open(String url, String header, String value) {
        socket = HttpClient.newBuilder()
                .sslContext(TrustingTls.context())
                .build()
                .newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .header(header, value)
                .buildAsync(URI.create(url), this)
                .join();
    }

    /** Opens the socket and introduces itself as the SDK does. */
    public static SignallingClient connect(String url) {
        return connect(url, null);
    }

    /** @param custom what the page adds about itself, null for nothing */
    public static SignallingClient connect(String url, JsonObject custom) {
        SignallingClient client = open(url);
        client.sendConnection(custom);
        client.await("getUserData");
        return client;
    }

    public void sendConnection() {
        sendConnection(null);
    }

    private void sendConnection(JsonObject custom) {
        JsonObject data = new JsonObject();
        data.addProperty("appKey", "defaultApp");
        data.add("mediaProviders", GSON.toJsonTree(List.of("WebRTC", "MSE", "WSPlayer")));
        data.addProperty("clientVersion", "2.0");
        data.addProperty("clientOSVersion", "5.0 (X11; Linux x86_64)");
        data.addProperty("clientBrowserVersion", "Mozilla/5.0");
        data.addProperty("msePacketizationVersion", 2);
        data.add("clientInfo", new JsonObject());
        if (custom != null) {
            data.add("custom", custom);
        }
        send("connection", data);
    }

    /** Sends a message with one element of data, {@code null} as the SDK sends it. */
    public void send(String name, JsonElement data) {
        JsonArray array = new JsonArray();
        array.add(data == null ? JsonNull.INSTANCE : data);
        JsonObject message = new JsonObject();
        message.addProperty("message", name);
        message.add("data", array);
        sendText(GSON.toJson(message));
    }

    public void sendText(String text) {
        socket.sendText(text, true).join();
    }

    /** Asks to play, with the fields the SDK sends. */
    public void playStream(String mediaSessionId, String name, String sdp) {
        playStream(mediaSessionId, name, sdp, "WebRTC");
    }

    public void playStream(String mediaSessionId, String name, String sdp, String mediaProvider) {
        JsonObject data = stream(mediaSessionId, name, "PENDING");
        data.addProperty("width", 0);
        data.addProperty("height", 0);
        data.addProperty("mediaProvider", mediaProvider);
        data.addProperty("sdp", sdp);
        for (String number : List.of("bitrate", "minBitrate", "maxBitrate", "quality")) {
            data.addProperty(number, 0);
        }
        send("playStream", data);
    }

    public void stopStream(String mediaSessionId, String name) {
        send("stopStream", stream(mediaSessionId, name, "PLAYING"));
    }

    /** Asks to publish and to be recorded. */
    public void publishStream(String mediaSessionId, String name, String sdp) {
        JsonObject data = stream(mediaSessionId, name, "PENDING");
        data.addProperty("published", true);
        data.addProperty("record", true);
        data.addProperty("mediaProvider", "WebRTC");
        data.addProperty("sdp", sdp);
        send("publishStream", data);
    }

    public void unPublishStream(String mediaSessionId, String name) {
        JsonObject data = stream(mediaSessionId, name, "PUBLISHING");
        data.addProperty("published", true);
        send("unPublishStream", data);
    }

    private static JsonObject stream(String mediaSessionId, String name, String status) {
        JsonObject data = new JsonObject();
        data.addProperty("mediaSessionId", mediaSessionId);
        data.addProperty("name", name);
        data.addProperty("published", false);
        data.addProperty("hasVideo", true);
        data.addProperty("hasAudio", true);
        data.addProperty("status", status);
        data.addProperty("record", false);
        return data;
    }

    /** The first message of this name, now or to come. */
    public Message await(String name) {
        return await(name, message -> true);
    }

    /** The first message of this name that fits, now or to come. */
    public Message await(String name, Predicate<Message> fits) {
        return awaitAny(name, message -> message.name.equals(name) && fits.test(message));
    }

    private synchronized Message awaitAny(String what, Predicate<Message> fits) {
        long deadline = System.nanoTime() + ANSWER_LIMIT.toNanos();
        while (true) {
            for (Message message : received) {
                if (fits.test(message)) {
                    return message;
                }
            }
            if (closed) {
                throw new AssertionError("The socket closed before a " + what + " came; got " + received);
            }
            pause(deadline, "No fitting " + what + " came");
        }
    }

    /** What a stream is answered by first: {@code setRemoteSDP} or a status. */
    public Message awaitAnswer(String mediaSessionId) {
        return awaitAny(
                "answer",
                message -> message.isOf(mediaSessionId)
                        || message.name.equals("setRemoteSDP")
                                && mediaSessionId.equals(message.data.get(0).getAsString()));
    }

    /** The stream's next status event of this status. */
    public Message awaitStatus(String mediaSessionId, String status) {
        return await("notifyStreamStatusEvent", m -> m.isOf(mediaSessionId) && status.equals(m.text("status")));
    }

    /** The stream's first status event that is an end, whichever. */
    public Message awaitEnd(String mediaSessionId) {
        return await(
                "notifyStreamStatusEvent",
                m -> m.isOf(mediaSessionId) && List.of("FAILED", "STOPPED").contains(m.text("status")));
    }

    /** Waits until the server has closed the socket. */
    public synchronized void awaitClose(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!closed) {
            pause(deadline, "The server has not closed the socket");
        }
    }

    /** Waits until this many messages of this name have come. */
    public synchronized void awaitCount(String name, int count) {
        long deadline = System.nanoTime() + ANSWER_LIMIT.toNanos();
        while (all(name).size() < count) {
            pause(deadline, "Fewer than " + count + " " + name + " came");
        }
    }

    /** All messages of this name so far. */
    public synchronized List<Message> all(String name) {
        return received.stream().filter(message -> message.name.equals(name)).toList();
    }

    /**
     * Makes sure that whatever the server had to say to the messages sent so far has come: it answers in order, and
     * this asks for an answer.
     */
    public void settle() {
        String operation = java.util.UUID.randomUUID().toString();
        JsonObject data = new JsonObject();
        data.addProperty("operationId", operation);
        data.add("payload", new JsonObject());
        send("sendData", data);
        await("DataStatusEvent", message -> operation.equals(message.text("operationId")));
    }

    private void pause(long deadline, String complaint) {
        long leftMs = (deadline - System.nanoTime()) / 1_000_000;
        if (leftMs <= 0) {
            throw new AssertionError(complaint + "; got " + received);
        }
        try {
            TimeUnit.MILLISECONDS.timedWait(this, leftMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            JsonObject message = JsonParser.parseString(partial.toString()).getAsJsonObject();
            partial.setLength(0);
            String name = message.get("message").getAsString();
            if (answersPings && name.equals("ping")) {
                from.sendText("{\"message\":\"pong\",\"data\":[null]}", true);
            }
            synchronized (this) {
                received.add(new Message(name, message.getAsJsonArray("data")));
                notifyAll();
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        markClosed();
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        markClosed();
    }

    private synchronized void markClosed() {
        closed = true;
        notifyAll();
    }

    /** Drops the TCP connection without a word, as a client does that lost its network. */
    public void vanish() {
        socket.abort();
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }
        awaitCloseQuietly();
        socket.abort();
    }

    private synchronized void awaitCloseQuietly() {
        try {
            long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (!closed && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.timedWait(this, 100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
