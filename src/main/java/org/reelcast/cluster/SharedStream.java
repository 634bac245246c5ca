package org.reelcast.cluster;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.reelcast.refusal.StatusText;

/**
 * A stream that all nodes know, by its name.
 *
 * @param kind    whose it is: a source that can bring it to another node, or {@link #AT_ORIGIN}
 * @param owner   the node that answers for it
 * @param viewers the nodes on which somebody has a part in it; empty before anybody has had
 * @param end     null as long as it runs
 * @param body    what its kind needs to know
 */
public record SharedStream(
        String name,
        String mediaSessionId,
        String kind,
        String owner,
        Optional<List<String>> viewers,
        End end,
        JsonObject body) {
    /** A stream that comes to one node or is made there, and can be had there alone. */
    public static final String AT_ORIGIN = "published";

    /**
     * How it ended.
     *
     * @param why  for the viewers
     * @param atMs in ms since 1970
     */
    public record End(StatusText why, long atMs) {}

    /** A stream that runs. */
    public static SharedStream running(
            String name,
            String mediaSessionId,
            String kind,
            String owner,
            Optional<List<String>> viewers,
            JsonObject body) {
        return new SharedStream(name, mediaSessionId, kind, owner, viewers, null, body);
    }

    public boolean isRunning() {
        return end == null;
    }

    /** The same, over. */
    public SharedStream ended(StatusText why, long nowMs) {
        return new SharedStream(name, mediaSessionId, kind, owner, viewers, new End(why, nowMs), body);
    }

    /** The same of another owner. */
    public SharedStream ownedBy(String node) {
        return new SharedStream(name, mediaSessionId, kind, node, viewers, end, body);
    }

    /** The same with parts in it elsewhere. */
    public SharedStream viewedOn(List<String> nodes) {
        return new SharedStream(name, mediaSessionId, kind, owner, Optional.of(nodes), end, body);
    }

    /** The same with another body. */
    public SharedStream with(JsonObject changed) {
        return new SharedStream(name, mediaSessionId, kind, owner, viewers, end, changed);
    }

    String toJson() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("name", name)
                .add("mediaSessionId", mediaSessionId)
                .add("kind", kind)
                .add("owner", owner);
        viewers.ifPresent(nodes -> {
            JsonArrayBuilder array = Json.createArrayBuilder();
            nodes.forEach(array::add);
            json.add("viewers", array);
        });
        if (end != null) {
            json.add("end", end.why().name()).add("endMs", end.atMs());
        }
        return json.add("body", body).build().toString();
    }

    /** @throws JsonException when it is none */
    static SharedStream parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject json = reader.readObject();
            Optional<List<String>> viewers = Optional.ofNullable(json.getJsonArray("viewers"))
                    .map(array -> array.getValuesAs(JsonString::getString));
            OptionalLong endMs = json.containsKey("end")
                    ? OptionalLong.of(json.getJsonNumber("endMs").longValue())
                    : OptionalLong.empty();
            return new SharedStream(
                    json.getString("name"),
                    json.getString("mediaSessionId"),
                    json.getString("kind"),
                    json.getString("owner"),
                    viewers,
                    endMs.isPresent() ? new End(StatusText.valueOf(json.getString("end")), endMs.getAsLong()) : null,
                    json.getJsonObject("body"));
        } catch (NullPointerException | ClassCastException | IllegalArgumentException e) {
            throw new JsonException("A field is missing or has another type: " + e.getMessage(), e);
        }
    }
}
