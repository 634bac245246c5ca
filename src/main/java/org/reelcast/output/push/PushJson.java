package org.reelcast.output.push;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.function.Predicate;
import org.reelcast.media.Format;
import org.reelcast.rest.RequestBody;

/** A push as REST shows it, and how it is looked for. */
final class PushJson {
    static final String ID = "mediaSessionId";
    static final String STREAM = "streamName";
    static final String URL = "rtmpUrl";
    static final String FULL_URL = "rtmpTransponderFullUrl";

    private PushJson() {}

    /** Those of a stream, by its name here or there, to a URL, or both. */
    static Predicate<Push> criteria(RequestBody body) {
        Optional<String> name = body.string(STREAM);
        Optional<String> url = body.string(URL);
        return push -> name.map(text -> text.equals(push.target().streamName())
                                || text.equals(push.target().remoteName()))
                        .orElse(true)
                && url.map(push.target().rtmpUrl()::equals).orElse(true);
    }

    static JsonObject of(Push push) {
        Optional<Format> video = push.picture();
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add(ID, push.mediaSessionId())
                .add(STREAM, push.target().remoteName())
                .add(URL, push.target().rtmpUrl())
                .add(FULL_URL, push.target().isFullUrl())
                .add("width", video.map(Format::width).orElse(0))
                .add("height", video.map(Format::height).orElse(0))
                .add("muted", push.isMuted())
                .add("soundEnabled", false)
                .add("options", JsonValue.EMPTY_JSON_OBJECT)
                .add("sourceStreamName", push.target().streamName())
                .add("status", push.isConnected() ? "PUBLISHING" : "RECONNECTING")
                .add("framesSent", push.counters().frames.get())
                .add("bytesSent", push.counters().bytes.get())
                .add("framesDropped", push.dropped())
                .add("connections", push.counters().connections.get());
        push.problem().ifPresent(sentence -> json.add("problem", sentence));
        return json.build();
    }
}
