package org.reelcast.signalling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.sharing.ClientShares;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.SourceProvider;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Streams;

/** One client, of whom others must not notice how much it asks. */
class ConnectionTest {
    private static final int MAX_STREAMS = 2;

    private final List<String> sent = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final ClientLogs logs = new ClientLogs((level, sentence) -> lines.add(sentence.get()), () -> 0);
    private final Queue<Runnable> opening = new ArrayDeque<>();
    private Executor opener = opening::add;
    private Executor openers = task -> opener.execute(task);
    private int looked;
    private final Handler handler = new Handler();
    private final Streams streams = new Streams(Runnable::run);
    private Connection connection = connection();

    private Connection connection() {
        streams.register(new Store());
        return new Connection(
                "Client 192.0.2.1",
                new Outbox(session(), OutboxBudget.ofTheHeap()),
                new Connection.Services(
                        new Handlers(List.of(handler), List.of()),
                        new MediaSessions(),
                        new Availability(streams),
                        new ConnectionLimits(MAX_STREAMS, 1000, 10, 1000),
                        new SecureRandom(),
                        new ConcurrentHashMap<>(),
                        logs),
                closed -> {},
                0);
    }

    private Session session() {
        RemoteEndpoint.Async remote = proxy(RemoteEndpoint.Async.class, (self, method, arguments) -> {
            sent.add((String) arguments[0]);
            ((SendHandler) arguments[1]).onResult(new SendResult());
            return null;
        });
        return proxy(
                Session.class, (self, method, arguments) -> method.getName().equals("close") ? null : remote);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    @BeforeEach
    void connect() {
        message("connection", "\"appKey\":\"defaultApp\"");
        sent.clear();
    }

    private void message(String name, String fields) {
        message(connection, name, fields);
    }

    private static void message(Connection connection, String name, String fields) {
        connection.onMessage("{\"message\":\"" + name + "\",\"data\":[{" + fields + "}]}");
    }

    private void ask(int count) {
        ask(connection, count);
    }

    private static void ask(Connection connection, int count) {
        for (int i = 0; i < count; i++) {
            message(connection, "availableStream", "\"mediaSessionId\":\"" + i + "\",\"name\":\"slow://film\"");
        }
    }

    private long overloaded() {
        return sent.stream()
                .filter(text -> text.contains("\"info\":\"Server is overloaded, try again later\""))
                .count();
    }

    @Test
    void manyQuestionsOfOneClient_takeAFewThreads_andAllAreAnswered() {
        ask(1000);
        assertEquals(ClientTasks.PARALLEL, opening.size());
        while (!opening.isEmpty()) {
            opening.remove().run();
        }
        assertEquals(1000, sent.size());
        int waited = MAX_STREAMS + 100;
        assertEquals(1000 - waited, overloaded());
        assertEquals(
                waited,
                sent.stream()
                        .filter(text -> text.contains("\"status\":\"true\""))
                        .count());
    }

    @Test
    void questionsOfOneAddress_takeAQuarterOfTheThreads_byHoweverManySockets() {
        streams.register(new ClientShares()::of);
        openers = new BoundedExecutor(opening::add, 4 * 6);
        for (int i = 0; i < 3; i++) {
            Connection another = connection();
            message(another, "connection", "\"appKey\":\"defaultApp\"");
            ask(another, 20);
        }
        assertEquals(6, opening.size());
    }

    @Test
    void questionsOfAClientThatIsGone_areNotFollowedUp() {
        ask(50);
        connection.onClose();
        while (!opening.isEmpty()) {
            opening.remove().run();
        }
        assertEquals(0, looked);
    }

    @Test
    void whereNobodyLooks_theClientIsTold() {
        opener = task -> {
            throw new RejectedExecutionException("no thread");
        };
        ask(1);
        assertEquals(1, overloaded());
    }

    @Test
    void streamThatCannotBegin_isToldToTheClient_andFreesItsPlaceAndItsId() {
        for (int i = 0; i < 2 * MAX_STREAMS; i++) {
            message("playStream", "\"mediaSessionId\":\"a\",\"name\":\"film\"");
        }
        assertEquals(2 * MAX_STREAMS, handler.begun);
        assertEquals(
                2 * MAX_STREAMS,
                sent.stream()
                        .filter(text -> text.contains("\"status\":\"FAILED\"") && text.contains("Failed by error"))
                        .count(),
                sent::toString);
    }

    @Test
    void namesThatAreTooLong_orWouldMakeLines_areBadUris() {
        message("playStream", "\"mediaSessionId\":\"a\",\"name\":\"" + "A".repeat(256) + "\"");
        message("playStream", "\"mediaSessionId\":\"b\",\"name\":\"slow://" + "A".repeat(2048) + "\"");
        message("playStream", "\"mediaSessionId\":\"c\",\"name\":\"x\\n12:00:00,000 INFO\"");
        assertEquals(3, sent.stream().filter(text -> text.contains("Bad URI")).count(), sent::toString);
        assertTrue(sent.get(0).contains("\"reason\":\"A name of 256 characters is too long\""), sent::toString);
        assertEquals(0, handler.begun);
        message("playStream", "\"mediaSessionId\":\"d\",\"name\":\"" + "A".repeat(255) + "\"");
        assertEquals(1, handler.begun);
    }

    @Test
    void idsThatAreTooLong_areRefused_andDoNotComeBack() {
        String tooLong = "i".repeat(256);
        for (String name : List.of("playStream", "publishStream", "availableStream", "sendData")) {
            message(
                    name,
                    "\"mediaSessionId\":\"" + tooLong + "\",\"operationId\":\"" + tooLong + "\",\"name\":\""
                            + "n".repeat(200_000) + "\"");
        }
        assertEquals(
                4,
                sent.stream().filter(text -> text.contains("longer than 255")).count(),
                sent::toString);
        message("sendData", "\"operationId\":\"" + "o".repeat(255) + "\"");
        message("playStream", "\"mediaSessionId\":\"a\",\"name\":\"" + "n".repeat(200_000) + "\"");
        message("availableStream", "\"mediaSessionId\":\"a\",\"name\":\"" + "n".repeat(200_000) + "\"");
        assertEquals(7, sent.size());
        assertTrue(sent.stream().allMatch(text -> text.length() < 3000), sent::toString);
        assertEquals(0, opening.size());
        assertEquals(0, handler.begun);
    }

    @Test
    void dataBeforeTheHello_getsNoAnswer() {
        connection = connection();
        message("sendData", "\"operationId\":\"o\"");
        assertEquals(List.of(), sent);
        message("connection", "\"appKey\":\"defaultApp\"");
        message("sendData", "\"operationId\":\"o\"");
        assertTrue(sent.get(1).contains("ACCEPTED"), sent::toString);
    }

    @Test
    void logIsNotWashedAway_byWhatOneAddressAsksForInVain() {
        handler.missing = true;
        for (int i = 0; i < 1000; i++) {
            message("playStream", "\"mediaSessionId\":\"a\",\"name\":\"vod://" + "n".repeat(2000) + "\"");
            connection.onClose();
            connection = connection();
            message("connection", "\"appKey\":\"" + "k".repeat(200_000) + "\"");
        }
        assertEquals(1000, handler.begun);
        assertEquals(ClientLogs.AT_ONCE, lines.size());
        assertTrue(lines.stream().allMatch(line -> line.length() < 1100), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.endsWith("in vain: there is none")), lines::toString);
    }

    @Test
    void whatIsKeptOfARequest_isShort() {
        message(
                "playStream",
                "\"mediaSessionId\":\"a\",\"name\":\"film\",\"sdp\":\"" + "s".repeat(100_000)
                        + "\",\"custom\":{\"x\":\"" + "c".repeat(200_000) + "\",\"start\":12}");
        assertEquals(12_000_000, handler.last.startUs());
        // a record says all that it holds
        assertTrue(handler.last.toString().length() < 1000, () -> handler.last + " is kept as long as the stream");
    }

    @Test
    void whatIsMadeForAClientIsCounted() {
        for (int i = 0; i < ClientTasks.ANSWERS; i++) {
            assertTrue(connection.begin());
        }
        assertFalse(connection.begin());
        connection.done();
        assertTrue(connection.begin());
    }

    /** Streams that break as they begin. */
    private static final class Handler implements StreamHandler {
        private int begun;
        private boolean missing;
        private StreamRequest last;

        @Override
        public String message() {
            return "playStream";
        }

        @Override
        public Set<String> mediaProviders() {
            return Set.of("WebRTC");
        }

        @Override
        public ClientStream open(StreamRequest request) {
            last = request;
            return new ClientStream(request) {
                @Override
                public String verb() {
                    return "plays";
                }

                @Override
                public void start(String offer) {
                    begun++;
                    if (missing) {
                        logRefusal(new Refusal(StatusText.FILE_NOT_FOUND, "there is none"));
                        ended(StreamEnd.failed(StatusText.FILE_NOT_FOUND));
                        return;
                    }
                    throw new RejectedExecutionException("no thread");
                }
            };
        }
    }

    /** Has everything, when one looks. */
    private final class Store implements SourceProvider {
        @Override
        public Set<String> schemes() {
            return Set.of("slow");
        }

        @Override
        public boolean isPersonal(String scheme) {
            return false;
        }

        @Override
        public Hold open(String uri, Holder who) throws Refusal {
            throw new AssertionError("nobody opens");
        }

        @Override
        public Executor opener(String uri) {
            return openers;
        }

        @Override
        public Optional<Refusal> whyUnavailable(String uri, String client) {
            looked++;
            return Optional.empty();
        }
    }
}
