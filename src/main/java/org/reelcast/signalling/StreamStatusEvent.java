package org.reelcast.signalling;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import org.reelcast.media.Format;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamStatus;

/** The texts of what a client is told of its stream: WCS's {@code notifyStreamStatusEvent} and its kin. */
public final class StreamStatusEvent {
    /** Beside WCS's {@code info}: a sentence for people. WCS's clients do not know it, and leave it be. */
    private static final String REASON = "reason";

    private StreamStatusEvent() {}

    /** The SDP answer. */
    public static String answer(String mediaSessionId, String sdp) {
        return Message.text("setRemoteSDP", Message.JSON.createValue(mediaSessionId), Message.JSON.createValue(sdp));
    }

    /**
     * Media flows to the client.
     *
     * @param mediaProvider by which it is played
     * @param note          what a user should know about how it plays; clients that do not know the field go by it
     */
    public static String playing(
            String mediaSessionId,
            String name,
            Optional<Format> video,
            Optional<Format> audio,
            String mediaProvider,
            Optional<String> note) {
        JsonObjectBuilder event = event(mediaSessionId, name, false, StreamStatus.PLAYING)
                .add("hasVideo", video.isPresent())
                .add("hasAudio", audio.isPresent())
                .add("record", false)
                .add("width", video.map(Format::width).orElse(0))
                .add("height", video.map(Format::height).orElse(0))
                .add("bitrate", 0)
                .add("quality", 0)
                .add("mediaProvider", mediaProvider);
        note.ifPresent(sentence -> event.add(REASON, sentence));
        return status(codecs(event, video, audio));
    }

    /** Media may come from the client. @param mediaProvider by which it is published */
    public static String publishing(Stream stream, boolean record, String mediaProvider) {
        JsonObjectBuilder event = event(stream.mediaSessionId(), stream.name(), true, StreamStatus.PUBLISHING)
                .add("hasVideo", stream.video().isPresent())
                .add("hasAudio", stream.audio().isPresent())
                .add("record", record)
                .add("mediaProvider", mediaProvider);
        stream.problem().ifPresent(sentence -> event.add(REASON, sentence));
        return status(codecs(event, stream.video(), stream.audio()));
    }

    private static JsonObjectBuilder codecs(JsonObjectBuilder event, Optional<Format> video, Optional<Format> audio) {
        video.ifPresent(format -> event.add("videoCodec", format.codec().label()));
        audio.ifPresent(format -> event.add("audioCodec", format.codec().label()));
        return event;
    }

    /** Something is wrong with what the client plays, which goes on. */
    public static String problem(String mediaSessionId, String name, String what) {
        return status(event(mediaSessionId, name, false, StreamStatus.PLAYBACK_PROBLEM)
                .add("info", what));
    }

    /** The client plays no more. */
    public static String ended(String mediaSessionId, String name, StreamEnd end) {
        return status(ending(mediaSessionId, name, false, end));
    }

    /** @param recordName the finished recording; only the end may carry it, clients forget the stream with it */
    public static String publishEnded(String mediaSessionId, String name, StreamEnd end, Optional<String> recordName) {
        JsonObjectBuilder event = ending(mediaSessionId, name, true, end).add("record", recordName.isPresent());
        recordName.ifPresent(file -> event.add("recordName", file));
        return status(event);
    }

    /** The picture's size, in pixels. */
    public static String resize(String mediaSessionId, int width, int height) {
        JsonObject payload = Message.JSON
                .createObjectBuilder()
                .add("streamerVideoWidth", width)
                .add("streamerVideoHeight", height)
                .build();
        return streamEvent(mediaSessionId, "resize", payload);
    }

    /** The stream is no longer recorded, and goes on. @param recordName what was recorded until then */
    public static String recordingFailed(String mediaSessionId, String info, Optional<String> recordName) {
        JsonObjectBuilder payload = Message.JSON.createObjectBuilder().add("info", info);
        recordName.ifPresent(file -> payload.add("recordName", file));
        return streamEvent(mediaSessionId, "recordingFailed", payload.build());
    }

    /** What the stream takes and what the viewer's link carries, bits a second; the SDK takes the text apart. */
    public static String notEnoughBandwidth(String mediaSessionId, long mediaBps, long linkBps) {
        return streamEvent(
                mediaSessionId,
                "notEnoughBandwidth",
                Message.JSON
                        .createObjectBuilder()
                        .add("info", mediaBps + "/" + linkBps)
                        .build());
    }

    /** Something about a stream that changes no status. */
    public static String streamEvent(String mediaSessionId, String type, JsonObject payload) {
        return Message.text(
                "notifyStreamEvent",
                Message.JSON
                        .createObjectBuilder()
                        .add("mediaSessionId", mediaSessionId)
                        .add("type", type)
                        .add("payload", payload)
                        .build());
    }

    private static JsonObjectBuilder ending(String mediaSessionId, String name, boolean published, StreamEnd end) {
        JsonObjectBuilder event =
                event(mediaSessionId, name, published, end.status()).add("info", end.info());
        end.sentence().ifPresent(sentence -> event.add(REASON, sentence));
        return event;
    }

    private static JsonObjectBuilder event(String mediaSessionId, String name, boolean published, StreamStatus status) {
        return Message.JSON
                .createObjectBuilder()
                .add("mediaSessionId", mediaSessionId)
                .add("name", name)
                .add("published", published)
                .add("status", status.name());
    }

    private static String status(JsonObjectBuilder event) {
        return Message.text("notifyStreamStatusEvent", event.build());
    }
}
