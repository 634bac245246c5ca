package org.reelcast.cluster;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Work that one node does for all.
 *
 * @param owner the node that does it
 * @param epoch how often it has changed hands
 * @param body  what it is, for whoever does it
 */
record Job(String owner, int epoch, JsonObject body) {
    static final String KEYS = "job/";
    /** Owns what is to be ended, until whoever does it has seen so. */
    static final String NOBODY = "";

    private static final Logger LOG = Logger.getLogger(Job.class.getName());

    /** By which all know it; of that the next two are parts. */
    static String key(String kind, String id) {
        return KEYS + kind + '/' + id;
    }

    static String id(String key) {
        return key.substring(key.indexOf('/', KEYS.length()) + 1);
    }

    static String kind(String key) {
        return key.substring(KEYS.length(), key.indexOf('/', KEYS.length()));
    }

    String toJson() {
        return Json.createObjectBuilder()
                .add("owner", owner)
                .add("epoch", epoch)
                .add("body", body)
                .build()
                .toString();
    }

    static Optional<Job> parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject json = reader.readObject();
            return Optional.of(new Job(json.getString("owner"), json.getInt("epoch"), json.getJsonObject("body")));
        } catch (JsonException | ClassCastException | NullPointerException e) {
            LOG.log(Level.WARNING, "Another node shares a job that cannot be read here: {0}", e.toString());
            return Optional.empty();
        }
    }

    Job ownedBy(String other) {
        return new Job(other, epoch + 1, body);
    }

    Job with(JsonObject changed) {
        return new Job(owner, epoch, changed);
    }
}
