package org.reelcast.cluster.grid;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;

/**
 * Questions and answers, by messages that go one way. What is not answered within a second never will be, so that nothing
 * gathers here.
 */
@AnyThread
final class Questions {
    static final long LIMIT_MS = 1_000;
    private static final Logger LOG = Logger.getLogger(Questions.class.getName());

    private final String self;
    private final BiConsumer<String, String> sender;
    private final UnaryOperator<String> answerer;
    private final Executor tasks;
    private final Map<String, CompletableFuture<String>> open = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();

    /**
     * @param sender   sends a message to the node of that name; does not block
     * @param answerer answers what others ask
     * @param tasks    by which it does, and whoever asked goes on
     */
    Questions(String self, BiConsumer<String, String> sender, UnaryOperator<String> answerer, Executor tasks) {
        this.self = self;
        this.sender = sender;
        this.answerer = answerer;
        this.tasks = tasks;
    }

    CompletionStage<String> ask(String node, String question) {
        String id = self + '/' + count.incrementAndGet();
        CompletableFuture<String> answer = new CompletableFuture<>();
        open.put(id, answer);
        answer.orTimeout(LIMIT_MS, TimeUnit.MILLISECONDS).whenComplete((text, failure) -> open.remove(id));
        // who asked goes on by the tasks: not by the engine's one thread for all events, and with what the container's
        // have
        CompletableFuture<String> handed = answer.whenCompleteAsync((text, failure) -> {}, tasks);
        sender.accept(node, message(id).add("question", question).build().toString());
        return handed;
    }

    private JsonObjectBuilder message(String id) {
        return Json.createObjectBuilder().add("id", id).add("from", self);
    }

    private void answer(String to, String id, String question) {
        try {
            sender.accept(
                    to,
                    message(id).add("answer", answerer.apply(question)).build().toString());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Node " + to + " gets no answer", e);
        }
    }

    /** A message has come; returns at once. */
    void onMessage(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject message = reader.readObject();
            String id = message.getString("id");
            if (message.containsKey("question")) {
                String from = message.getString("from");
                String question = message.getString("question");
                tasks.execute(() -> answer(from, id, question));
                return;
            }
            CompletableFuture<String> asked = open.get(id);
            if (asked != null) {
                asked.complete(message.getString("answer"));
            }
        } catch (JsonException | ClassCastException | NullPointerException e) {
            LOG.log(Level.WARNING, "Another node sent what cannot be read: {0}", e.toString());
        } catch (RejectedExecutionException e) {
            LOG.log(Level.FINE, "Too busy to answer another node", e);
        }
    }
}
