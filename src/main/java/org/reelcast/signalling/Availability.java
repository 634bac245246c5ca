package org.reelcast.signalling;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.concurrent.Executor;
import org.reelcast.refusal.Refusal;
import org.reelcast.stream.Streams;

/** Answers clients who ask whether a stream can be played. */
final class Availability {
    private final Streams streams;
    private final Executor executor;

    /** @param executor for what blocks */
    Availability(Streams streams, Executor executor) {
        this.streams = streams;
        this.executor = executor;
    }

    void answer(Message message, Client client) {
        executor.execute(() -> client.send(Message.text("availableStream", Message.JSON.createObjectBuilder()
                .add("id", message.string("mediaSessionId"))
                .addAll(verdict(message.string("name")))
                .build())));
    }

    private JsonObjectBuilder verdict(String name) {
        String whyNot = streams.whyUnavailable(name).map(Refusal::info).orElse(null);
        return Message.JSON.createObjectBuilder()
                .add("status", Boolean.toString(whyNot == null))
                .add("info", whyNot == null ? JsonValue.NULL : Message.JSON.createValue(whyNot));
    }
}
