package org.reelcast.signalling;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.Optional;

/**
 * A message of WCS's signalling, either way: a name and an array of values, {@code {"message":"ping","data":[]}}. Read
 * leniently: {@code data} may be missing, null, or hold null.
 *
 * @param name what it is about
 * @param data the first element where it is an object, else an empty object
 */
public record Message(String name, JsonObject data) {
    /** Looked up once: each method of {@code Json} searches all of the server's libraries for it, a tenth of a ms. */
    public static final JsonProvider JSON = JsonProvider.provider();
    /** Of what is asked for in numbers; larger ones are as wrong. */
    private static final int MOST_NUMBER = 999_999;
    /**
     * Values that a message may hold: each costs a hundred bytes while it is read, however short it is written. WCS's
     * own messages have a few dozen.
     */
    private static final int MAX_VALUES = 10_000;

    /** @throws JsonException when {@code text} is not such a message; the text says why */
    static Message parse(String text) {
        if (hasTooManyValues(text)) {
            throw new JsonException("more than " + MAX_VALUES + " values");
        }
        JsonStructure whole;
        try (var reader = JSON.createReader(new StringReader(text))) {
            whole = reader.read();
        } catch (RuntimeException e) {
            // not only JsonParsingException: for too deep a nesting Parsson throws a bare RuntimeException
            throw new JsonException("not JSON: " + e.getMessage());
        }
        if (!(whole instanceof JsonObject object) || !(object.get("message") instanceof JsonString name)) {
            throw new JsonException("no object with a \"message\"");
        }
        JsonValue data = object.get("data");
        if (data != null
                && data.getValueType() == JsonValue.ValueType.ARRAY
                && !data.asJsonArray().isEmpty()) {
            data = data.asJsonArray().get(0);
        }
        return new Message(name.getString(), data instanceof JsonObject first ? first : JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Counts what begins or separates values outside of strings; allocates nothing. */
    private static boolean hasTooManyValues(String text) {
        int values = 0;
        boolean inString = false;
        for (int i = 0; i < text.length() && values <= MAX_VALUES; i++) {
            switch (text.charAt(i)) {
                case '"' -> inString = !inString;
                case '\\' -> i += inString ? 1 : 0;
                case ',', '[', '{' -> values += inString ? 0 : 1;
                default -> {
                    // part of a value
                }
            }
        }
        return values > MAX_VALUES;
    }

    /** The string field {@code key}; empty when it is missing or no string. */
    public String string(String key) {
        return data.get(key) instanceof JsonString value ? value.getString() : "";
    }

    /**
     * Who sends it, as pages say it when they connect: {@code sipLogin}, else {@code login} within {@code custom};
     * empty when they do not. Never the {@code authToken}: what names are made of is no place for a secret.
     */
    String login() {
        String sip = string("sipLogin");
        return !sip.isEmpty()
                ? sip
                : custom().map(custom -> custom.string("login")).orElse("");
    }

    /** Whether an id that comes back with the answer is longer than {@code most} characters. */
    boolean hasIdLongerThan(int most) {
        return string("mediaSessionId").length() > most || string("operationId").length() > most;
    }

    /** What the page itself sends along. */
    Optional<Message> custom() {
        return data.get("custom") instanceof JsonObject custom
                ? Optional.of(new Message(name, custom))
                : Optional.empty();
    }

    /** A number, or a string that is one; 0 when it is missing, -1 when it is something else or not finite. */
    double seconds(String key) {
        JsonValue value = data.getOrDefault(key, JsonValue.NULL);
        if (value == JsonValue.NULL) {
            return 0;
        }
        try {
            double seconds = Double.parseDouble(value instanceof JsonString text ? text.getString() : value.toString());
            return Double.isFinite(seconds) ? seconds : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** A whole number, or a string that is one; 0 when it is missing or something else, such as a range. */
    public int number(String key) {
        return (int) Math.max(0, Math.min(MOST_NUMBER, seconds(key)));
    }

    /** Whether the field {@code key} is true, or a string that says so. */
    public boolean isTrue(String key) {
        return data.get(key) == JsonValue.TRUE || string(key).equalsIgnoreCase("true");
    }

    /** The text of a message to the client; {@code data} is always there, as its SDK needs it. */
    public static String text(String name, JsonValue... data) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (JsonValue value : data) {
            array.add(value);
        }
        return JSON.createObjectBuilder()
                .add("message", name)
                .add("data", array)
                .build()
                .toString();
    }
}
