package org.reelcast.rest;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.cluster.Answers;
import org.reelcast.cluster.Cluster;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * Calls that concern the streams of all nodes: each answers for its own, and whoever was asked puts it together. Who did
 * not answer within a second is named in a header.
 */
public final class AllNodes {
    /** Names the nodes that did not answer, comma-separated. */
    public static final String SILENT = "Reelcast-Silent-Nodes";

    private static final Logger LOG = Logger.getLogger(AllNodes.class.getName());

    private AllNodes() {}

    /** From now on other nodes are told what this one finds. */
    public static void answerFind(Cluster cluster, String topic, Function<RequestBody, JsonArray> find) {
        cluster.answer(topic, text -> find.apply(RequestBody.of(text)).toString());
    }

    /** From now on other nodes are told the names that this one finds. */
    public static void answerNames(Cluster cluster, String topic, Supplier<List<String>> find) {
        cluster.answer(
                topic, nothing -> Json.createArrayBuilder(find.get()).build().toString());
    }

    /** From now on other nodes have something done here; they are told to how many. */
    public static void answerDone(Cluster cluster, String topic, ToIntFunction<RequestBody> action) {
        cluster.answer(topic, text -> Integer.toString(action.applyAsInt(RequestBody.of(text))));
    }

    /**
     * What all nodes find. A stream that runs on several is there once, with their names.
     *
     * @param own     what this one finds
     * @param key     by which streams of several nodes are one
     * @param missing the answer when that is nothing
     */
    public static CompletionStage<Response> found(
            Cluster cluster,
            String topic,
            RequestBody body,
            JsonArray own,
            Function<JsonObject, String> key,
            StatusText missing) {
        return answered(cluster, topic, body, missing, answers -> {
            Map<String, JsonObject> all = new LinkedHashMap<>();
            add(all, own, cluster.isShared() ? cluster.node() : "", key);
            answers.texts().forEach((node, text) -> add(all, parse(node, text), node, key));
            JsonArrayBuilder array = Json.createArrayBuilder();
            all.values().forEach(array::add);
            return all.isEmpty() ? Optional.empty() : Optional.of(Response.ok(array.build()));
        });
    }

    /**
     * The names that all nodes find, each once.
     *
     * @param own     what this one finds
     * @param missing the answer when that is nothing
     */
    public static CompletionStage<Response> names(Cluster cluster, String topic, List<String> own, StatusText missing) {
        return answered(cluster, topic, RequestBody.of("{}"), missing, answers -> {
            Set<String> all = new TreeSet<>(own);
            answers.texts()
                    .forEach((node, text) ->
                            parse(node, text).getValuesAs(JsonString.class).forEach(name -> all.add(name.getString())));
            return all.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Response.ok(Json.createArrayBuilder(all).build()));
        });
    }

    /**
     * How it went with what was to be done on all nodes.
     *
     * @param own     to how many it was done here
     * @param missing the answer when it was done to none
     */
    public static CompletionStage<Response> done(
            Cluster cluster, String topic, RequestBody body, int own, StatusText missing) {
        return answered(
                cluster,
                topic,
                body,
                missing,
                answers -> own == 0 && answers.texts().values().stream().allMatch("0"::equals)
                        ? Optional.empty()
                        : Optional.of(Response.ok()));
    }

    /** @param maker makes the answer of all; nothing when there is no such stream */
    private static CompletionStage<Response> answered(
            Cluster cluster,
            String topic,
            RequestBody body,
            StatusText missing,
            Function<Answers, Optional<Response.ResponseBuilder>> maker) {
        CompletableFuture<Response> result = new CompletableFuture<>();
        cluster.askOthers(topic, body.toString())
                .thenAccept(answers -> {
                    String silent = String.join(",", answers.silent());
                    maker.apply(answers)
                            .ifPresentOrElse(
                                    response -> result.complete(
                                            silent.isEmpty()
                                                    ? response.build()
                                                    : response.header(SILENT, silent)
                                                            .build()),
                                    () -> result.completeExceptionally(new Refusal(
                                            missing,
                                            missing.text()
                                                    + (silent.isEmpty()
                                                            ? ""
                                                            : "; these nodes did not answer: " + silent))));
                })
                .exceptionally(unexpected -> {
                    result.completeExceptionally(unexpected);
                    return null;
                });
        return result;
    }

    private static JsonArray parse(String node, String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readArray();
        } catch (JsonException e) {
            LOG.log(Level.FINE, "Node {0} answered with what is no list", node);
            return JsonValue.EMPTY_JSON_ARRAY;
        }
    }

    private static void add(
            Map<String, JsonObject> all, JsonArray streams, String node, Function<JsonObject, String> key) {
        for (JsonObject stream : streams.getValuesAs(JsonObject.class)) {
            all.merge(key.apply(stream), node.isEmpty() ? stream : on(stream, List.of(node)), AllNodes::merged);
        }
    }

    private static JsonObject on(JsonObject stream, List<String> nodes) {
        return Json.createObjectBuilder(stream)
                .add("nodes", Json.createArrayBuilder(nodes))
                .build();
    }

    private static JsonObject merged(JsonObject one, JsonObject other) {
        List<String> nodes = new ArrayList<>();
        for (JsonObject each : List.of(one, other)) {
            each.getJsonArray("nodes").getValuesAs(JsonString.class).forEach(node -> nodes.add(node.getString()));
        }
        JsonObjectBuilder merged = Json.createObjectBuilder(on(one, nodes));
        if (other.getBoolean("record", false)) {
            merged.add("record", true);
        }
        return merged.build();
    }
}
