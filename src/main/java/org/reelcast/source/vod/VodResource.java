package org.reelcast.source.vod;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.reelcast.refusal.Refusal;
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
    public VodResource() {}

    /**
     * Starts a broadcast: {@code {"uri":"vod-live://sample.mp4","localStreamName":"test","loop":true}}; with
     * {@code "position"} in the film in seconds, and with {@code "startTime"} at which that is shown, in ms since 1970.
     */
    @POST
    @Path("startup")
    public CompletionStage<Response> startup(InputStream requestBody) throws Refusal {
        RequestBody body = RequestBody.read(requestBody);
        String uri = body.required("uri");
        String name =
                body.string("localStreamName").filter(text -> !text.isBlank()).orElse(uri);
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
    public CompletionStage<Response> find(InputStream requestBody) {
        return vod.findOnAll(RequestBody.read(requestBody));
    }

    /** All streams; 404 when there are none. */
    @POST
    @Path("find_all")
    public CompletionStage<Response> findAll() {
        return vod.findOnAll(RequestBody.of("{}"));
    }

    /** As WCS's browser SDK asks for it. */
    @GET
    @Path("find_all")
    public CompletionStage<Response> getAll() {
        return findAll();
    }

    /** How a film will play, without playing it: {@code ?uri=vod://sample.mp4}. */
    @GET
    @Path("probe")
    public CompletionStage<Response> probe(@QueryParam("uri") String uri) throws Refusal {
        if (uri == null || uri.isBlank()) {
            throw new BadRequestException("\"uri\" is missing");
        }
        Streams.checkName(uri);
        VodUri parsed = VodUri.parse(uri);
        return LongCall.on(
                vod.opener(parsed), () -> Response.ok(vod.probe(parsed)).build());
    }

    /** Ends the streams of that name or URI; 404 when there are none. */
    @POST
    @Path("terminate")
    public CompletionStage<Response> terminate(InputStream requestBody) {
        RequestBody body = RequestBody.read(requestBody);
        if (body.string("uri").isEmpty() && body.string("localStreamName").isEmpty()) {
            throw new BadRequestException("\"uri\" or \"localStreamName\" is missing");
        }
        return vod.terminateOnAll(body);
    }
}
