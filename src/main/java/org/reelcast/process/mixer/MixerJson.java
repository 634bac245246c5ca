package org.reelcast.process.mixer;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import org.reelcast.stream.Holder;

/** A mixer as REST shows it. */
final class MixerJson {

    private MixerJson() {}

    static JsonObjectBuilder of(Mixer mixer) {
        JsonArrayBuilder sessions = Json.createArrayBuilder();
        mixer.inputs().forEach(input -> sessions.add(input.mediaSessionId()));
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("localMediaSessionId", mixer.stream().mediaSessionId())
                .add("localStreamName", mixer.stream().name())
                .add("uri", mixer.uri())
                .add("status", "PROCESSED_LOCAL")
                .add("record", mixer.stream().isHeldFor(Holder.RECORDING))
                .add("mediaSessions", sessions);
        ParameterFields.add(json, mixer.parameters());
        return json;
    }
}
