package org.reelcast.process.mixer;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import org.reelcast.live.images.ImageFolder;
import org.reelcast.live.images.Watermark;
import org.reelcast.loop.Blocking;
import org.reelcast.refusal.Refusal;
import org.reelcast.rest.RequestBody;

/** A mixer with what is in it, as fields of JSON, for a node that goes on with it. */
final class MixerFields {
    static final String INPUTS = "inputs";
    private static final String MEDIA_SESSION = "localMediaSessionId";
    private static final String STREAM = "localStreamName";
    private static final String PARAMETERS = "parameters";
    private static final String INPUT = "remoteStreamName";
    private static final String VIDEO = "hasVideo";
    private static final String AUDIO = "hasAudio";
    private static final String LABEL = "streamLabel";
    private static final String AVATAR = "avatar";
    private static final String GAIN = "gain";
    private static final String MUTED = "videoMuted";
    private static final String WATERMARK = "watermark";

    private MixerFields() {}

    /** Nothing is in it yet. */
    static JsonObject of(Mixer.Plan plan) {
        return head(plan.mediaSessionId(), plan.name(), plan.parameters()).build();
    }

    static JsonObject of(Mixer mixer) {
        JsonArrayBuilder inputs = Json.createArrayBuilder();
        mixer.all().forEach(input -> inputs.add(of(input)));
        return head(mixer.stream().mediaSessionId(), mixer.stream().name(), mixer.parameters())
                .add(INPUTS, inputs)
                .build();
    }

    private static JsonObjectBuilder head(String mediaSessionId, String name, MixerParameters parameters) {
        JsonObjectBuilder fields = Json.createObjectBuilder();
        ParameterFields.add(fields, parameters);
        return Json.createObjectBuilder()
                .add(MEDIA_SESSION, mediaSessionId)
                .add(STREAM, name)
                .add(PARAMETERS, fields);
    }

    private static JsonObjectBuilder of(MixerInput input) {
        MixerInput.Wish wish = input.wish();
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add(INPUT, input.name())
                .add(VIDEO, wish.hasVideo())
                .add(AUDIO, wish.hasAudio())
                .add(GAIN, input.gain())
                .add(MUTED, input.isVideoMuted());
        wish.label().ifPresent(text -> json.add(LABEL, text));
        if (wish.avatar() != null) {
            json.add(AVATAR, wish.avatar().name());
        }
        Watermark mark = input.watermark();
        if (mark != null) {
            json.add(WATERMARK, mark.name());
        }
        return json;
    }

    /** @throws Refusal when it cannot be so here */
    @Blocking
    static Mixer.Plan plan(String uri, JsonObject fields, MixerParameters defaults, ImageFolder images) throws Refusal {
        RequestBody parameters = RequestBody.of(fields.getJsonObject(PARAMETERS).toString());
        return new Mixer.Plan(
                uri,
                fields.getString(MEDIA_SESSION),
                fields.getString(STREAM),
                ParameterFields.with(defaults, parameters, images),
                "");
    }

    /** Puts one of its streams into it. @throws Refusal when it cannot be had here, or its image */
    @Blocking
    static void add(Mixers mixers, String uri, JsonObject input, ImageFolder images) throws Refusal {
        String name = input.getString(INPUT);
        Optional<String> avatar = Optional.ofNullable(input.getString(AVATAR, null));
        mixers.add(
                uri,
                name,
                new MixerInput.Wish(
                        input.getBoolean(VIDEO),
                        input.getBoolean(AUDIO),
                        Optional.ofNullable(input.getString(LABEL, null)),
                        avatar.isPresent() ? Avatar.read(avatar.get(), images) : null));
        MixerInput added = mixers.input(uri, name);
        added.gain((float) input.getJsonNumber(GAIN).doubleValue());
        added.muteVideo(input.getBoolean(MUTED));
        if (input.containsKey(WATERMARK)) {
            added.watermark(images.watermark(input.getString(WATERMARK)));
        }
    }
}
