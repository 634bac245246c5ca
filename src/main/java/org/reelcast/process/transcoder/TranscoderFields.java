package org.reelcast.process.transcoder;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.BadRequestException;
import java.util.Optional;
import org.reelcast.rest.RequestBody;

/** What a transcoder is started with, as fields of JSON: as REST has them, and as nodes tell each other. */
final class TranscoderFields {
    static final String SOURCE = "remoteStreamName";
    static final String NAME = "localStreamName";
    static final String MEDIA_SESSION = "localMediaSessionId";
    static final String ENCODER = "encoder";

    private TranscoderFields() {}

    /** @throws BadRequestException when a field is no number */
    static RequestedEncoding wish(RequestBody encoder) {
        return new RequestedEncoding(
                number(encoder, "width"),
                number(encoder, "height"),
                positive(encoder, "keyFrameInterval"),
                positive(encoder, "fps"),
                number(encoder, "bitrate"),
                encoder.string("type").orElse(""),
                encoder.string("watermark").filter(text -> !text.isEmpty()));
    }

    /** 0 when it is missing. */
    private static int number(RequestBody encoder, String name) {
        try {
            return encoder.text(name).map(Integer::parseInt).orElse(0);
        } catch (NumberFormatException e) {
            throw new BadRequestException("\"" + name + "\" is no whole number", e);
        }
    }

    /** The same, and what is given as 0 is wrong. */
    private static int positive(RequestBody encoder, String name) {
        int number = number(encoder, name);
        return number == 0 && encoder.text(name).isPresent() ? -1 : number;
    }

    /** For a node that takes it over. @param remote name or URI of the source */
    static JsonObject of(String remote, TranscodePlan plan, Optional<String> watermark) {
        RequestedEncoding wish = plan.wish();
        JsonObjectBuilder encoder = Json.createObjectBuilder().add("type", wish.type());
        add(encoder, "width", wish.width());
        add(encoder, "height", wish.height());
        add(encoder, "keyFrameInterval", wish.keyFrameInterval());
        add(encoder, "fps", wish.fps());
        add(encoder, "bitrate", wish.bitrate());
        watermark.ifPresent(name -> encoder.add("watermark", name));
        return Json.createObjectBuilder()
                .add(SOURCE, remote)
                .add(NAME, plan.name())
                .add(MEDIA_SESSION, plan.mediaSessionId())
                .add(ENCODER, encoder)
                .build();
    }

    static TranscodePlan plan(JsonObject fields) {
        return new TranscodePlan(
                fields.getString(MEDIA_SESSION),
                fields.getString(NAME),
                wish(RequestBody.of(fields.getJsonObject(ENCODER).toString())));
    }

    static void add(JsonObjectBuilder json, String name, int value) {
        if (value > 0) {
            json.add(name, value);
        }
    }
}
