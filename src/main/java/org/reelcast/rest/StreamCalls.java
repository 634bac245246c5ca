package org.reelcast.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.core.Response;
import java.io.Closeable;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.reelcast.cluster.ClusterService;
import org.reelcast.refusal.StatusText;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;
import org.reelcast.stream.Streams;

/** The streams of all sources and nodes are found and ended. */
@ApplicationScoped
public class StreamCalls implements Feature {
    private static final String FIND = "stream/find";
    private static final String TERMINATE = "stream/terminate";

    @Inject
    private ClusterService clusters;

    private Streams streams;

    /** For the container. */
    public StreamCalls() {}

    @Override
    public Stage stage() {
        return Stage.CLIENTS;
    }

    @Override
    public Closeable start(ServerContext server) {
        streams = server.streams();
        AllNodes.answerFind(clusters.cluster(), FIND, this::own);
        AllNodes.answerDone(clusters.cluster(), TERMINATE, this::end);
        return () -> {
            // they end with their sources
        };
    }

    CompletionStage<Response> find(RequestBody body) {
        return AllNodes.found(
                clusters.cluster(),
                FIND,
                body,
                own(body),
                stream -> stream.getString("mediaSessionId"),
                StatusText.STREAM_NOT_FOUND);
    }

    CompletionStage<Response> terminate(RequestBody body) {
        return AllNodes.done(clusters.cluster(), TERMINATE, body, end(body), StatusText.STREAM_NOT_FOUND);
    }

    private JsonArray own(RequestBody body) {
        Predicate<StreamEntry> criteria = StreamEntry.criteria(body);
        List<String> display = body.strings("display").orElse(List.of());
        JsonArrayBuilder array = Json.createArrayBuilder();
        streams.find(all -> true).stream()
                .map(StreamEntry::of)
                .filter(criteria)
                .forEach(entry -> array.add(entry.json(display)));
        return array.build();
    }

    private int end(RequestBody body) {
        Predicate<StreamEntry> criteria = StreamEntry.criteria(body);
        return streams.end(stream -> criteria.test(StreamEntry.of(stream)), StatusText.STOPPED_BY_REST_TERMINATE);
    }
}
