package org.reelcast.source.vod;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.reelcast.mp4.TrackInfo;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rest.LongCall;
import org.reelcast.rest.RequestBody;
import org.reelcast.stream.Streams;

/** {@code /rest-api/vod}: broadcasts of films are started, VOD streams are found and ended. */
@Path("vod")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class VodResource {
    @Inject
    private VodService vod;

    /** For the container. */
    public VodResource() {
    }

    /**
     * Starts a broadcast: {@code {"uri":"vod-live://sample.mp4","localStreamName":"test","loop":true}}; with
     * {@code "position"} in the film in seconds, and with {@code "startTime"} at which that is shown, in ms since 1970.
     */
    @POST
    @Path("startup")
    public CompletionStage<Response> startup(InputStream requestBody) throws Refusal {
        RequestBody body = RequestBody.read(requestBody);
        String uri = body.string("uri").filter(text -> !text.isBlank())
                .orElseThrow(() -> new BadRequestException("\"uri\" is missing"));
        String name = body.string("localStreamName").filter(text -> !text.isBlank()).orElse(uri);
        Streams.checkName(uri);
        Streams.checkName(name);
        VodUri parsed = VodUri.parse(uri);
        if (!parsed.live()) {
            throw new BadRequestException("vod:// is for one viewer, who starts it by playing it; "
                    + "a broadcast is started with vod-live://");
        }
        Optional<Boolean> loop = body.bool("loop");
        PlayoutStart start = vod.startAt(body.text("position"), body.text("startTime"));
        return LongCall.on(vod.opener(parsed), () -> {
            vod.startup(parsed, name, loop, start);
            return Response.ok().build();
        });
    }

    /**
     * The streams that match all fields given; 404 when there are none. {@code "display":["position","tracks"]} adds
     * fields.
     */
    @POST
    @Path("find")
    public JsonArray find(InputStream requestBody) {
        RequestBody body = RequestBody.read(requestBody);
        return found(vod.find(VodCriteria.find(body)), Set.copyOf(body.strings("display").orElse(List.of())));
    }

    /** All streams; 404 when there are none. */
    @POST
    @Path("find_all")
    public JsonArray findAll() {
        return found(vod.find(any -> true), Set.of());
    }

    /** As WCS's browser SDK asks for it. */
    @GET
    @Path("find_all")
    public JsonArray getAll() {
        return findAll();
    }

    /** Ends the streams of that name or URI; 404 when there are none. */
    @POST
    @Path("terminate")
    public Response terminate(InputStream requestBody) {
        RequestBody body = RequestBody.read(requestBody);
        if (body.string("uri").isEmpty() && body.string("localStreamName").isEmpty()) {
            throw new BadRequestException("\"uri\" or \"localStreamName\" is missing");
        }
        if (vod.terminate(VodCriteria.terminate(body)) == 0) {
            throw new NotFoundException(StatusText.STREAM_NOT_FOUND.text());
        }
        return Response.ok().build();
    }

    private static JsonArray found(List<VodDescription> streams, Set<String> display) {
        if (streams.isEmpty()) {
            throw new NotFoundException(StatusText.STREAM_NOT_FOUND.text());
        }
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

    private static JsonArrayBuilder tracks(List<TrackInfo> tracks) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        tracks.forEach(track -> array.add(Json.createObjectBuilder()
                .add("number", track.number())
                .add("kind", track.video() ? "video" : "audio")
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
        vod.download().ifPresent(download -> json.add("download",
                Json.createObjectBuilder().add("bytes", download.bytes()).add("size", download.size())));
        vod.note().ifPresent(note -> json.add("note", note));
        return json;
    }
}
