package org.reelcast.process.transcoder;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.reelcast.rest.RequestBody;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;

/** A transcoder as REST shows it, and how it is looked for. */
final class TranscoderJson {
    private static final String URI = "uri";
    private static final String PROCESSED_LOCAL = "PROCESSED_LOCAL";

    private TranscoderJson() {}

    /** Those of which all fields given are as given. */
    static Predicate<Transcoders.Entry> criteria(RequestBody body) {
        return is(body.string(URI), Transcoders.Entry::uri)
                .and(is(body.string(TranscoderFields.SOURCE), Transcoders.Entry::remoteStreamName))
                .and(is(
                        body.string(TranscoderFields.NAME),
                        entry -> entry.transcode().stream().name()))
                .and(is(
                        body.string(TranscoderFields.MEDIA_SESSION),
                        entry -> entry.transcode().stream().mediaSessionId()));
    }

    private static Predicate<Transcoders.Entry> is(Optional<String> wanted, Function<Transcoders.Entry, String> field) {
        return entry -> wanted.isEmpty() || wanted.get().equals(field.apply(entry));
    }

    /** @param encoderName by what is encoded */
    static JsonObjectBuilder of(Transcoders.Entry entry, String encoderName) {
        Stream stream = entry.transcode().stream();
        return Json.createObjectBuilder()
                .add(TranscoderFields.MEDIA_SESSION, stream.mediaSessionId())
                .add(TranscoderFields.NAME, stream.name())
                .add(TranscoderFields.SOURCE, entry.remoteStreamName())
                .add(URI, entry.uri())
                .add("status", PROCESSED_LOCAL)
                .add("hasAudio", stream.audio().isPresent())
                .add("hasVideo", true)
                .add("record", stream.isHeldFor(Holder.RECORDING))
                .add(TranscoderFields.ENCODER, encoder(entry, encoderName));
    }

    private static JsonObjectBuilder encoder(Transcoders.Entry entry, String encoderName) {
        RequestedEncoding wish = entry.transcode().plan().wish();
        JsonObjectBuilder json = Json.createObjectBuilder();
        entry.transcode().stream()
                .video()
                .ifPresent(video -> json.add("width", video.width()).add("height", video.height()));
        json.add("keyFrameInterval", wish.keyInterval());
        TranscoderFields.add(json, "fps", wish.fps());
        TranscoderFields.add(json, "bitrate", wish.bitrate());
        entry.watermark().ifPresent(name -> json.add("watermark", name));
        return json.add("type", encoderName);
    }
}
