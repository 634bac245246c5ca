package org.reelcast.signalling;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import org.reelcast.output.webrtc.PlaybackFormat;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamStatus;

/** The texts of what a client is told of its stream: WCS's {@code notifyStreamStatusEvent} and its kin. */
final class StreamStatusEvent {
    private StreamStatusEvent() {
    }

    static String answer(String mediaSessionId, String sdp) {
        return Message.text("setRemoteSDP", Message.JSON.createValue(mediaSessionId), Message.JSON.createValue(sdp));
    }

    static String playing(String mediaSessionId, String name, PlaybackFormat format) {
        JsonObjectBuilder event = event(mediaSessionId, name, false, StreamStatus.PLAYING)
                .add("hasVideo", format.hasVideo())
                .add("hasAudio", format.hasAudio())
                .add("record", false)
                .add("width", format.width())
                .add("height", format.height())
                .add("bitrate", 0)
                .add("quality", 0)
                .add("mediaProvider", "WebRTC");
        return status(codecs(event, format.hasVideo(), format.hasAudio()));
    }

    static String publishing(Stream stream, boolean record) {
        boolean video = stream.video().isPresent();
        boolean audio = stream.audio().isPresent();
        JsonObjectBuilder event = event(stream.mediaSessionId(), stream.name(), true, StreamStatus.PUBLISHING)
                .add("hasVideo", video)
                .add("hasAudio", audio)
                .add("record", record)
                .add("mediaProvider", "WebRTC");
        return status(codecs(event, video, audio));
    }

    private static JsonObjectBuilder codecs(JsonObjectBuilder event, boolean video, boolean audio) {
        if (video) {
            event.add("videoCodec", "H264");
        }
        if (audio) {
            event.add("audioCodec", "opus");
        }
        return event;
    }

    static String ended(String mediaSessionId, String name, StreamEnd end) {
        return status(event(mediaSessionId, name, false, end.status()).add("info", end.info()));
    }

    /** @param recordName the finished recording; only the end may carry it, clients forget the stream with it */
    static String publishEnded(String mediaSessionId, String name, StreamEnd end, Optional<String> recordName) {
        JsonObjectBuilder event = event(mediaSessionId, name, true, end.status()).add("info", end.info())
                .add("record", recordName.isPresent());
        recordName.ifPresent(file -> event.add("recordName", file));
        return status(event);
    }

    /** The picture's size, in pixels. */
    static String resize(String mediaSessionId, int width, int height) {
        JsonObject payload = Message.JSON.createObjectBuilder()
                .add("streamerVideoWidth", width)
                .add("streamerVideoHeight", height)
                .build();
        return streamEvent(mediaSessionId, "resize", payload);
    }

    /** The stream is no longer recorded, and goes on. @param recordName what was recorded until then */
    static String recordingFailed(String mediaSessionId, String info, Optional<String> recordName) {
        JsonObjectBuilder payload = Message.JSON.createObjectBuilder().add("info", info);
        recordName.ifPresent(file -> payload.add("recordName", file));
        return streamEvent(mediaSessionId, "recordingFailed", payload.build());
    }

    /** What the stream takes and what the viewer's link carries, bits a second; the SDK takes the text apart. */
    static String notEnoughBandwidth(String mediaSessionId, long mediaBps, long linkBps) {
        return streamEvent(mediaSessionId, "notEnoughBandwidth", Message.JSON.createObjectBuilder()
                .add("info", mediaBps + "/" + linkBps)
                .build());
    }

    private static String streamEvent(String mediaSessionId, String type, JsonObject payload) {
        return Message.text("notifyStreamEvent", Message.JSON.createObjectBuilder()
                .add("mediaSessionId", mediaSessionId)
                .add("type", type)
                .add("payload", payload)
                .build());
    }

    private static JsonObjectBuilder event(String mediaSessionId, String name, boolean published,
            StreamStatus status) {
        return Message.JSON.createObjectBuilder()
                .add("mediaSessionId", mediaSessionId)
                .add("name", name)
                .add("published", published)
                .add("status", status.name());
    }

    private static String status(JsonObjectBuilder event) {
        return Message.text("notifyStreamStatusEvent", event.build());
    }
}
