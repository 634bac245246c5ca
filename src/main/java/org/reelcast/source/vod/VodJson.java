package org.reelcast.source.vod;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Set;
import org.reelcast.mp4.read.TrackInfo;
import org.reelcast.rest.RequestBody;

/** VOD streams as REST shows them. */
final class VodJson {
    private VodJson() {}

    /** @param request says which fields are to be there beside the usual ones */
    static JsonArray of(List<VodDescription> streams, RequestBody request) {
        Set<String> display = Set.copyOf(request.strings("display").orElse(List.of()));
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (VodDescription stream : streams) {
            JsonObjectBuilder json = json(stream);
            if (display.contains("position")) {
                addPosition(json, stream.position());
            }
            if (display.contains("tracks")) {
                json.add("tracks", tracks(stream.tracks()));
            }
            array.add(json);
        }
        return array.build();
    }

    /** By which a broadcast that several nodes play is one; what plays for one viewer is there once. */
    static String key(JsonObject stream) {
        return stream.getString("uri").startsWith(VodUri.LIVE + "://")
                ? stream.getString("localStreamName")
                : stream.getString("localMediaSessionId");
    }

    private static JsonArrayBuilder tracks(List<TrackInfo> tracks) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        tracks.forEach(track -> array.add(Json.createObjectBuilder()
                .add("number", track.number())
                .add("kind", track.kind().token())
                .add("codec", track.codec())
                .add("language", track.language())
                .add("enabled", track.enabled())
                .add("plays", track.played())));
        return array;
    }

    private static void addPosition(JsonObjectBuilder json, VodDescription.Position position) {
        json.add("position", position.seconds());
        position.length().ifPresent(seconds -> json.add("length", seconds));
        position.startTime().ifPresent(ms -> json.add("startTime", ms));
    }

    private static JsonObjectBuilder json(VodDescription vod) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("localMediaSessionId", vod.localMediaSessionId())
                .add("localStreamName", vod.localStreamName())
                .add("uri", vod.uri())
                .add("status", vod.status())
                .add("hasAudio", vod.hasAudio())
                .add("hasVideo", vod.hasVideo())
                .add("record", vod.record())
                .add("loop", vod.loop());
        vod.download()
                .ifPresent(download -> json.add(
                        "download",
                        Json.createObjectBuilder()
                                .add("bytes", download.bytes())
                                .add("size", download.size())));
        vod.note().ifPresent(note -> json.add("note", note));
        return json;
    }
}
