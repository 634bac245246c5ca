package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.reelcast.media.MediaKind;
import org.reelcast.mp4.read.TrackInfo;
import org.reelcast.rest.RequestBody;

/** What {@code /vod/find} says of a stream. */
class VodJsonTest {
    private static final VodDescription FILM = new VodDescription(
            "id1",
            "test",
            "vod-live://two-languages.mp4",
            "PROCESSED_LOCAL",
            true,
            true,
            false,
            true,
            Optional.empty(),
            Optional.empty(),
            new VodDescription.Position(1.5, OptionalDouble.of(2), OptionalLong.empty()),
            List.of(
                    new TrackInfo(1, MediaKind.VIDEO, "H264", "und", true, true, true),
                    new TrackInfo(2, MediaKind.AUDIO, "AAC", "en", true, true, false),
                    new TrackInfo(7, MediaKind.AUDIO, "Opus", "de-CH", false, true, true),
                    new TrackInfo(8, MediaKind.AUDIO, "AC-3", "fra", true, false, false)));

    @Test
    void tracksThatAreAskedFor_areListedInTheOrderOfTheFile() {
        assertEquals(json("""
                        [{"number":1,"kind":"video","codec":"H264","language":"und","enabled":true,"plays":true},
                         {"number":2,"kind":"audio","codec":"AAC","language":"en","enabled":true,"plays":false},
                         {"number":7,"kind":"audio","codec":"Opus","language":"de-CH","enabled":false,"plays":true},
                         {"number":8,"kind":"audio","codec":"AC-3","language":"fra","enabled":true,"plays":false}]"""), find("{\"display\":[\"tracks\"]}").getJsonArray("tracks"));
    }

    @Test
    void nothingMoreIsThere_thanWhatIsAskedFor() {
        for (String body : List.of("{}", "{\"display\":[]}", "{\"display\":[\"Tracks\"]}")) {
            JsonObject stream = find(body);
            assertFalse(stream.containsKey("tracks") || stream.containsKey("position"), stream.toString());
        }
        JsonObject both = find("{\"display\":[\"position\",\"tracks\"]}");
        assertEquals(1.5, both.getJsonNumber("position").doubleValue());
        assertEquals(4, both.getJsonArray("tracks").size());
        assertFalse(find("{\"display\":[\"tracks\"]}").containsKey("position"));
    }

    private static JsonObject find(String body) {
        return VodJson.of(List.of(FILM), RequestBody.of(body)).getJsonObject(0);
    }

    private static JsonArray json(String text) {
        return Json.createReader(new StringReader(text)).readArray();
    }
}
