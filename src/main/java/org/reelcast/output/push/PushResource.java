package org.reelcast.output.push;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.reelcast.rest.LongCall;
import org.reelcast.rest.RequestBody;

/** {@code /rest-api/push}: streams to RTMP servers. The names are WCS's, and some of our own tell how it goes. */
@Path("push")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PushResource {
    @Inject
    private PushService service;

    /** For the container. */
    public PushResource() {}

    /** {@code {"streamName":"test","rtmpUrl":"rtmp://host/live","rtmpTransponderFullUrl":false}}. */
    @POST
    @Path("startup")
    public CompletionStage<Response> startup(InputStream requestBody) {
        RequestBody body = RequestBody.read(requestBody);
        String name = body.required(PushJson.STREAM);
        String url = body.required(PushJson.URL);
        boolean full = body.bool(PushJson.FULL_URL).orElse(false);
        return LongCall.on(
                service.tasks(),
                () -> Response.ok(PushJson.of(service.startup(name, url, full))).build());
    }

    /** Those of a stream, by its name here or there, to a URL, or both, on all nodes; 404 when there are none. */
    @POST
    @Path("find")
    public CompletionStage<Response> find(InputStream requestBody) {
        return service.findOnAll(RequestBody.read(requestBody));
    }

    /** All; 404 when there are none. */
    @POST
    @Path("find_all")
    public CompletionStage<Response> findAll() {
        return service.findOnAll(RequestBody.of("{}"));
    }

    /** The same. */
    @GET
    @Path("find_all")
    public CompletionStage<Response> getAll() {
        return findAll();
    }

    /** {@code {"mediaSessionId":"..."}}; answers when the connection is closed, of another node's at once. */
    @POST
    @Path("terminate")
    public CompletionStage<Response> terminate(InputStream requestBody) {
        String id = id(requestBody);
        Optional<Push> here = service.find(id);
        if (here.isPresent()) {
            here.get().stop();
            return here.get().ended().thenApply(none -> Response.ok().build());
        }
        return LongCall.done(service.tasks(), () -> service.endElsewhere(id));
    }

    /** Silence from here on, {@code {"mediaSessionId":"..."}}. */
    @POST
    @Path("mute")
    public CompletionStage<Response> mute(InputStream requestBody) {
        return service.muteOnAll(id(requestBody), true);
    }

    /** The stream's sound again. */
    @POST
    @Path("unmute")
    public CompletionStage<Response> unmute(InputStream requestBody) {
        return service.muteOnAll(id(requestBody), false);
    }

    private static String id(InputStream requestBody) {
        return RequestBody.read(requestBody).required(PushJson.ID);
    }
}
