package org.reelcast.signalling;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.websocket.CloseReason;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.MonotonicClock;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.sharing.LogLimit;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Streams;

/**
 * One client: its session, its streams, its keep-alive. Messages come one at a time; ticks and what streams report come
 * from other threads.
 */
final class Connection implements Client {
    private static final Logger LOG = Logger.getLogger(Connection.class.getName());
    private static final String PING = Message.text("ping");
    private static final String PONG = Message.text("pong");

    private static final int MAX_ID = 255;
    /** Of a line of the log, with names in it that may be long. */
    private static final int MAX_LINE = 1_000;

    private final String address;
    private final LogLimit log;
    private final LogLimit faults;
    private final Outbox outbox;
    private final Services services;
    private final Consumer<Connection> onClosed;
    private final long openedMs;
    private final ClientTasks tasks;
    private final Map<String, ClientStream> streams = new HashMap<>();
    private final MediaSockets mediaSockets = new MediaSockets();
    private String token;
    /** Null unless this is a client's media socket, which nothing but media goes over. */
    private MediaLink media;

    private boolean established;
    private volatile String login = "";
    private boolean closed;
    private long pingedMs;
    private int unanswered;

    /**
     * What all connections share.
     *
     * @param random makes tokens
     * @param tokens of the clients, with what they are known by on other sockets
     * @param logs   what the log is told of the clients of an address
     */
    record Services(
            Handlers handlers,
            MediaSessions sessions,
            Availability availability,
            ConnectionLimits limits,
            SecureRandom random,
            Map<String, MediaSockets> tokens,
            ClientLogs logs) {}

    /**
     * @param address  what the log calls the client
     * @param onClosed called once, when the client is gone
     */
    Connection(String address, Outbox outbox, Services services, Consumer<Connection> onClosed, long nowMs) {
        this.address = address;
        this.log = services.logs().of(remote());
        this.faults = services.logs().faultsOf(log);
        this.outbox = outbox;
        this.services = services;
        this.onClosed = onClosed;
        this.openedMs = nowMs;
        this.tasks = new ClientTasks(services.limits().maxTasks());
        this.pingedMs = nowMs;
    }

    /** A message of the client. What is not understood is ignored: clients of all versions shall work. */
    void onMessage(String text) {
        Message message;
        try {
            message = Message.parse(text);
        } catch (JsonException e) {
            faults.log(Level.WARNING, () -> address + " sent what is no message: " + e.getMessage());
            return;
        }
        MediaLink link;
        synchronized (this) {
            unanswered = 0;
            link = media;
        }
        if (link != null) {
            link.onMessage(message);
            return;
        }
        if (message.hasIdLongerThan(MAX_ID)) {
            refuse(StreamRequest.of(message, this), StatusText.ID_IS_TOO_LONG);
            return;
        }
        switch (message.name()) {
            case "connection" -> connect(message);
            case "connectMediaTransport" -> connectMedia(message.string("authToken"));
            case "ping" -> send(PONG);
            case "stopStream", "unPublishStream" -> stop(message);
            case "availableStream" -> askAvailable(message);
            case "sendData" -> accept(message.string("operationId"));
            default -> handOver(message);
        }
    }

    private void accept(String operationId) {
        if (isReady()) {
            send(Message.text(
                    "DataStatusEvent",
                    Message.JSON
                            .createObjectBuilder()
                            .add("operationId", operationId)
                            .add("status", "ACCEPTED")
                            .build()));
        }
    }

    private void askAvailable(Message message) {
        if (isReady()) {
            services.availability().answer(message, this);
        }
    }

    /** To the feature that answers such messages. */
    private void handOver(Message message) {
        Handlers handlers = services.handlers();
        if (handlers.asksForStream(message)) {
            open(message);
        } else if (isReady()) {
            handlers.other(message)
                    .ifPresentOrElse(
                            handler -> handler.onMessage(message, this),
                            () -> LOG.fine(() -> address + " sent " + message.name() + ", which needs no answer"));
        }
    }

    private synchronized boolean isReady() {
        return established && !closed;
    }

    private void connect(Message message) {
        synchronized (this) {
            if (established || closed) {
                return;
            }
            established = true;
            token = newToken();
            services.tokens().put(token, mediaSockets);
        }
        login = ClientLogs.cut(message.login(), MAX_ID);
        log.log(
                Level.INFO,
                () -> address + " connected, app " + ClientLogs.shown(message.string("appKey")) + ", "
                        + ClientLogs.shown(message.string("clientBrowserVersion")));
        send(Message.text("getUserData", userData(message.data(), token)));
    }

    /** This is the media socket of the client that has that token. */
    private void connectMedia(String itsToken) {
        if (isReady()) {
            return;
        }
        MediaSockets whose = services.tokens().get(itsToken);
        Optional<MediaLink> link = (whose == null ? Optional.<MediaSocket.User>empty() : whose.opened())
                .map(user -> new MediaLink(outbox, user));
        if (link.isEmpty()) {
            log.log(Level.INFO, () -> address + " is a media socket that no stream waits for");
            outbox.close(CloseReason.CloseCodes.VIOLATED_POLICY, "no stream waits for this media socket");
            onClose();
            return;
        }
        boolean gone;
        synchronized (this) {
            media = link.get();
            gone = closed;
        }
        link.get().open();
        if (gone) {
            link.get().onClose();
        }
    }

    /** 128 random bits. */
    private String newToken() {
        byte[] token = new byte[16];
        services.random().nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    /** What the client sent, back with what the server adds, as WCS does. */
    private static JsonObject userData(JsonObject sent, String token) {
        return Message.JSON
                .createObjectBuilder(sent)
                .add("authToken", token)
                .add("status", "ESTABLISHED")
                .add("useWsTunnel", false)
                .add("useWsTunnelPacketization2", false)
                .add("useBase64BinaryEncoding", false)
                .build();
    }

    private void open(Message message) {
        StreamRequest request = StreamRequest.of(message, this);
        Optional<StreamHandler> handler = services.handlers().stream(message);
        if (request.mediaSessionId().isEmpty()) {
            refuse(request, StatusText.MEDIA_SESSION_ID_IS_NULL);
        } else if (handler.isEmpty()) {
            refuse(request, StatusText.PROVIDER_NOT_SUPPORTED);
        } else if (request.name().isBlank()) {
            refuse(request, StatusText.BAD_URI);
        } else {
            open(request, handler.get(), message.string("sdp"));
        }
    }

    private void open(StreamRequest request, StreamHandler handler, String offer) {
        ClientStream stream;
        try {
            Streams.checkName(request.name());
            stream = handler.open(request);
        } catch (Refusal e) {
            refuse(request, StreamEnd.failed(e));
            return;
        }
        if (!services.sessions().claim(request.mediaSessionId())) {
            refuse(request, StatusText.MEDIA_SESSION_ID_ALREADY_IN_USE);
            return;
        }
        StatusText refusal = add(stream);
        if (refusal == null) {
            log.log(Level.INFO, () -> address + " " + stream.verb() + " " + ClientLogs.shown(stream.name()));
            stream.onEnd(end -> onStreamEnd(stream, end));
            start(stream, offer);
        } else {
            services.sessions().free(request.mediaSessionId());
            refuse(request, refusal);
        }
    }

    private void start(ClientStream stream, String offer) {
        try {
            stream.start(offer);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "Unexpected error when " + stream.name() + " was to begin", e);
            refuse(stream.request(), StatusText.FAILED_BY_ERROR);
            onStreamEnd(stream, StreamEnd.failed(StatusText.FAILED_BY_ERROR));
        }
    }

    /** @return why the client may not have the stream, null when it may */
    private synchronized StatusText add(ClientStream stream) {
        if (!isReady()) {
            return StatusText.SESSION_NOT_READY;
        }
        if (streams.size() >= services.limits().maxStreams()) {
            return StatusText.TOO_MANY_STREAMS;
        }
        streams.put(stream.mediaSessionId(), stream);
        return null;
    }

    private void refuse(StreamRequest request, StatusText why) {
        refuse(request, StreamEnd.failed(why));
    }

    private void refuse(StreamRequest request, StreamEnd end) {
        faults.log(
                Level.WARNING,
                () -> address + " asked for " + ClientLogs.shown(request.name()) + " in vain: "
                        + end.sentence().orElse(end.info()));
        String id = ClientLogs.cut(request.mediaSessionId(), MAX_ID);
        String name = ClientLogs.cut(request.name(), Streams.MAX_URI);
        send(
                request.publishes()
                        ? StreamStatusEvent.publishEnded(id, name, end, Optional.empty())
                        : StreamStatusEvent.ended(id, name, end));
    }

    /** Stops for streams that are over already, or never were, are normal. */
    private void stop(Message message) {
        ClientStream stream;
        synchronized (this) {
            stream = streams.get(message.string("mediaSessionId"));
        }
        if (stream != null) {
            stream.stop(StatusText.STOPPED_BY_USER);
        }
    }

    /** A stream is over, and the client has been told. */
    private void onStreamEnd(ClientStream stream, StreamEnd end) {
        synchronized (this) {
            streams.remove(stream.mediaSessionId());
            notifyAll();
        }
        services.sessions().free(stream.mediaSessionId());
        log.log(
                Level.INFO,
                () -> address + " no longer " + stream.verb() + " " + ClientLogs.shown(stream.name()) + ": "
                        + end.info());
    }

    /** Looks after the keep-alive; called several times an interval. */
    void tick(long nowMs) {
        boolean ping;
        String why = null;
        mediaSockets.tick(nowMs);
        synchronized (this) {
            if (closed || media != null) {
                return;
            }
            if (!established && nowMs - openedMs > services.limits().connectTimeoutMs()) {
                why = "no connection message";
            } else if (unanswered >= services.limits().probes()) {
                why = "pings are not answered";
            }
            ping = nowMs - pingedMs >= services.limits().pingIntervalMs();
            if (ping) {
                pingedMs = nowMs;
                unanswered++;
            }
        }
        if (why != null) {
            String reason = why;
            log.log(Level.INFO, () -> address + " is disconnected: " + reason);
            outbox.close(CloseReason.CloseCodes.VIOLATED_POLICY, reason);
            onClose();
        } else if (ping) {
            send(PING);
        }
    }

    @Override
    public void send(String text) {
        outbox.send(text);
    }

    @Override
    public MediaSockets mediaSockets() {
        return mediaSockets;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void log(Level level, Supplier<String> sentence) {
        log.log(level, () -> ClientLogs.cut(sentence.get(), MAX_LINE));
    }

    @Override
    public String login() {
        return login;
    }

    @Override
    public Executor shareOf(Executor executor) {
        return tasks.shareOf(executor);
    }

    @Override
    public boolean begin() {
        return tasks.begin();
    }

    @Override
    public void done() {
        tasks.done();
    }

    /** It sends pings and does not read what they are answered by; the socket is closed. */
    void onFlood() {
        log.log(Level.WARNING, () -> address + " is disconnected: it does not read the answers to its pings");
        onClose();
    }

    /** Its socket failed, by what it sent or did not read. */
    void onFault(Throwable failure) {
        faults.log(Level.WARNING, () -> address + " has a socket that failed: " + ClientLogs.shown(failure.toString()));
    }

    /** The socket is gone, and with it all of the client's streams. */
    void onClose() {
        Map<String, ClientStream> orphans;
        boolean greeted;
        MediaLink link;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            greeted = established;
            orphans = Map.copyOf(streams);
            link = media;
            if (greeted) {
                services.tokens().remove(token);
            }
        }
        outbox.discard();
        if (link != null) {
            link.onClose();
        }
        onClosed.accept(this);
        orphans.values().forEach(stream -> stream.stop(StatusText.STOPPED_BY_SESSION_DISCONNECT));
        tasks.drop();
        // who never said hello was no client of ours
        if (greeted) {
            log.log(Level.INFO, () -> address + " disconnected");
        }
    }

    /** The client is to go to another server: its streams end here, then it is told good-bye. */
    void sendAway(long deadlineMs) {
        List<ClientStream> ending;
        synchronized (this) {
            ending = List.copyOf(streams.values());
        }
        ending.forEach(stream -> stream.stop(StatusText.REQUESTED_STREAM_SHUTDOWN));
        closeForShutdown(deadlineMs);
    }

    /**
     * Says good-bye as the server stops, once the client has heard the end of its streams or {@code deadlineMs} is
     * past.
     */
    void closeForShutdown(long deadlineMs) {
        try {
            awaitStreams(deadlineMs);
            outbox.awaitEmpty(deadlineMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outbox.close(CloseReason.CloseCodes.GOING_AWAY, "the server stops");
        onClose();
    }

    private synchronized void awaitStreams(long deadlineMs) throws InterruptedException {
        long leftMs = deadlineMs - MonotonicClock.nowUs() / 1000;
        while (!streams.isEmpty() && leftMs > 0) {
            wait(leftMs);
            leftMs = deadlineMs - MonotonicClock.nowUs() / 1000;
        }
    }
}
