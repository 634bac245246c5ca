package org.reelcast.signalling;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamStatus;
import org.reelcast.viewer.PlaybackFormat;

/** The texts of what a client is told of its stream: WCS's {@code notifyStreamStatusEvent} and its kin. */
final class StreamStatusEvent {
    private StreamStatusEvent() {
    }

    static String answer(String mediaSessionId, String sdp) {
        return Message.text("setRemoteSDP", Json.createValue(mediaSessionId), Json.createValue(sdp));
    }

    static String playing(String mediaSessionId, String name, PlaybackFormat format) {
        JsonObjectBuilder event = event(mediaSessionId, name, StreamStatus.PLAYING)
                .add("hasVideo", format.hasVideo())
                .add("hasAudio", format.hasAudio())
                .add("record", false)
                .add("width", format.width())
                .add("height", format.height())
                .add("bitrate", 0)
                .add("quality", 0)
                .add("mediaProvider", "WebRTC");
        if (format.hasVideo()) {
            event.add("videoCodec", "H264");
        }
        if (format.hasAudio()) {
            event.add("audioCodec", "opus");
        }
        return status(event);
    }

    static String ended(String mediaSessionId, String name, StreamEnd end) {
        return status(event(mediaSessionId, name, end.status()).add("info", end.info()));
    }

    /** The picture's size, in pixels. */
    static String resize(String mediaSessionId, int width, int height) {
        JsonObject payload = Json.createObjectBuilder()
                .add("streamerVideoWidth", width)
                .add("streamerVideoHeight", height)
                .build();
        return Message.text("notifyStreamEvent", Json.createObjectBuilder()
                .add("mediaSessionId", mediaSessionId)
                .add("type", "resize")
                .add("payload", payload)
                .build());
    }

    private static JsonObjectBuilder event(String mediaSessionId, String name, StreamStatus status) {
        return Json.createObjectBuilder()
                .add("mediaSessionId", mediaSessionId)
                .add("name", name)
                .add("published", false)
                .add("status", status.name());
    }

    private static String status(JsonObjectBuilder event) {
        return Message.text("notifyStreamStatusEvent", event.build());
    }
}
