package org.reelcast.rest;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.reelcast.media.Format;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;

/**
 * A stream as {@code /stream} shows it, from a browser or a film; the names are WCS's.
 *
 * @param status     {@code PUBLISHING}; {@code PENDING} before a publisher's transport stands
 * @param video      what the picture looks like; empty for a stream without
 * @param audio      what the sound is; empty for a stream without
 * @param record     whether it is being recorded
 * @param createDate when it was made, in ms since 1970
 * @param provider   how it comes: {@code WebRTC}; empty for films
 * @param holders    how many hold it, by their kind; a field of our own
 */
record StreamEntry(
        String mediaSessionId,
        String name,
        String status,
        Optional<Format> video,
        Optional<Format> audio,
        boolean record,
        long createDate,
        Optional<String> provider,
        Map<String, Long> holders) {
    private static final boolean PUBLISHED = true;

    static StreamEntry of(Stream stream) {
        return new StreamEntry(
                stream.mediaSessionId(),
                stream.name(),
                stream.source().status().name(),
                stream.video(),
                stream.audio(),
                stream.isHeldFor(Holder.RECORDING),
                stream.createdMs(),
                stream.source().mediaProvider(),
                stream.holds().stream().collect(groupingBy(hold -> hold.holder().kind(), TreeMap::new, counting())));
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

    /** @param display what is to be there beside the usual fields */
    JsonObjectBuilder json(Collection<String> display) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("mediaSessionId", mediaSessionId)
                .add("name", name)
                .add("published", PUBLISHED)
                .add("status", status)
                .add("hasVideo", video.isPresent())
                .add("hasAudio", audio.isPresent())
                .add("record", record)
                .add("width", video.map(Format::width).orElse(0))
                .add("height", video.map(Format::height).orElse(0))
                .add("mediaType", "publish")
                .add("createDate", createDate);
        video.ifPresent(format -> json.add("videoCodec", format.codec().label()));
        audio.ifPresent(format -> json.add("audioCodec", format.codec().label()));
        provider.ifPresent(text -> json.add("mediaProvider", text));
        if (display.contains("holders")) {
            JsonObjectBuilder counts = Json.createObjectBuilder();
            holders.forEach(counts::add);
            json.add("holders", counts);
        }
        return json;
    }
}
