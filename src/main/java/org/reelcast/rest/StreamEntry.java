package org.reelcast.rest;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.reelcast.media.Format;
import org.reelcast.source.publish.PublishedStream;
import org.reelcast.source.vod.VodDescription;
import org.reelcast.stream.Stream;

/**
 * A stream as {@code /stream} shows it, from a browser or a film; the names are WCS's.
 *
 * @param status     {@code PUBLISHING}; {@code PENDING} before a publisher's transport stands
 * @param width      in pixels, 0 when not known
 * @param height     in pixels, 0 when not known
 * @param createDate when it was made, in ms since 1970; empty when not known
 * @param provider   how it comes: {@code WebRTC}; empty for films
 */
record StreamEntry(String mediaSessionId, String name, String status, boolean hasVideo, boolean hasAudio,
        boolean record, int width, int height, OptionalLong createDate, Optional<String> provider) {
    private static final boolean PUBLISHED = true;

    static StreamEntry of(PublishedStream published, boolean recorded) {
        Stream stream = published.stream();
        Optional<Format> video = stream.video();
        return new StreamEntry(stream.mediaSessionId(), stream.name(),
                published.isConnected() ? "PUBLISHING" : "PENDING", video.isPresent(), stream.audio().isPresent(),
                recorded, video.map(Format::width).orElse(0), video.map(Format::height).orElse(0),
                OptionalLong.of(stream.createdMs()), Optional.of("WebRTC"));
    }

    static StreamEntry of(VodDescription vod) {
        return new StreamEntry(vod.localMediaSessionId(), vod.localStreamName(), "PUBLISHING", vod.hasVideo(),
                vod.hasAudio(), vod.record(), 0, 0, OptionalLong.empty(), Optional.empty());
    }

    /** Which streams a request speaks of: those for which all fields that it gives hold. */
    static Predicate<StreamEntry> criteria(RequestBody body) {
        Optional<String> id = body.string("mediaSessionId");
        Optional<List<String>> ids = body.strings("mediaSessionIds");
        Optional<String> name = body.string("name");
        Optional<String> status = body.string("status");
        Optional<Boolean> published = body.bool("published");
        return entry -> matches(id, entry.mediaSessionId)
                && ids.map(list -> list.contains(entry.mediaSessionId)).orElse(true)
                && matches(name, entry.name)
                && matches(status, entry.status)
                && matches(published, PUBLISHED);
    }

    private static <T> boolean matches(Optional<T> wanted, T actual) {
        return wanted.isEmpty() || Objects.equals(wanted.get(), actual);
    }

    JsonObjectBuilder json() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("mediaSessionId", mediaSessionId)
                .add("name", name)
                .add("published", PUBLISHED)
                .add("status", status)
                .add("hasVideo", hasVideo)
                .add("hasAudio", hasAudio)
                .add("record", record)
                .add("width", width)
                .add("height", height)
                .add("mediaType", "publish");
        if (hasVideo) {
            json.add("videoCodec", "H264");
        }
        if (hasAudio) {
            json.add("audioCodec", "opus");
        }
        createDate.ifPresent(ms -> json.add("createDate", ms));
        provider.ifPresent(text -> json.add("mediaProvider", text));
        return json;
    }
}
