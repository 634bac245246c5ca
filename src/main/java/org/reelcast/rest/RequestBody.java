package org.reelcast.rest;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.BadRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The JSON object that a request carries, read as leniently as WCS does: booleans may be strings, no body is an empty
 * object.
 */
public final class RequestBody {
    static final int MAX_BYTES = 64 << 10;

    private final JsonObject fields;

    private RequestBody(JsonObject fields) {
        this.fields = fields;
    }

    /** @throws BadRequestException when the body is no JSON object or too long */
    public static RequestBody read(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new BadRequestException("The body is longer than " + MAX_BYTES + " bytes");
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            return new RequestBody(text.isBlank() ? JsonValue.EMPTY_JSON_OBJECT : parse(text));
        } catch (IOException e) {
            throw new BadRequestException("The body cannot be read: " + e.getMessage(), e);
        }
    }

    /** The same from its {@link #toString text}. */
    public static RequestBody of(String text) {
        return new RequestBody(parse(text));
    }

    private static JsonObject parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (RuntimeException e) {
            // not only JsonException: for too deep a nesting Parsson throws a bare RuntimeException
            throw new BadRequestException("The body is not a JSON object: " + e.getMessage(), e);
        }
    }

    /** All fields as JSON. */
    @Override
    public String toString() {
        return fields.toString();
    }

    /** A string field; empty when it is missing or null. */
    public Optional<String> string(String name) {
        JsonValue value = fields.getOrDefault(name, JsonValue.NULL);
        if (value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonString text) {
            return Optional.of(text.getString());
        }
        throw new BadRequestException("\"" + name + "\" is not a string");
    }

    /** The same that has to be there, and not to be blank. */
    public String required(String name) {
        return string(name).filter(text -> !text.isBlank()).orElseThrow(() -> missing(name));
    }

    /** Says that a field has to be there. */
    public static BadRequestException missing(String name) {
        return new BadRequestException("\"" + name + "\" is missing");
    }

    /** A field that is a string or a number, as text; empty when it is missing or null. */
    public Optional<String> text(String name) {
        return fields.get(name) instanceof JsonNumber number ? Optional.of(number.toString()) : string(name);
    }

    /** An object within; empty when it is missing or null. */
    public Optional<RequestBody> object(String name) {
        JsonValue value = fields.getOrDefault(name, JsonValue.NULL);
        if (value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonObject object) {
            return Optional.of(new RequestBody(object));
        }
        throw new BadRequestException("\"" + name + "\" is not an object");
    }

    /** Whether the field is an array, of whatever. */
    public boolean isArray(String name) {
        return fields.get(name) instanceof JsonArray;
    }

    /** A field that is an array of strings; empty when it is missing or null. */
    public Optional<List<String>> strings(String name) {
        JsonValue value = fields.getOrDefault(name, JsonValue.NULL);
        if (value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonArray array && array.stream().allMatch(JsonString.class::isInstance)) {
            return Optional.of(array.getValuesAs(JsonString::getString));
        }
        throw new BadRequestException("\"" + name + "\" is not an array of strings");
    }

    /** A boolean field, or a string that says true or false; empty when it is missing or null. */
    public Optional<Boolean> bool(String name) {
        JsonValue value = fields.getOrDefault(name, JsonValue.NULL);
        String text =
                value instanceof JsonString string ? string.getString().toLowerCase(Locale.ROOT) : value.toString();
        return switch (text) {
            case "null" -> Optional.empty();
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> throw new BadRequestException("\"" + name + "\" is neither true nor false");
        };
    }
}
