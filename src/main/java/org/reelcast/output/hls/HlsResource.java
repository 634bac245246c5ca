package org.reelcast.output.hls;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.reelcast.rest.RequestBody;

/** {@code /rest-api/hls}: which streams are delivered as HLS, as WCS has it. */
@Path("hls")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class HlsResource {
    @Inject
    private HlsService service;

    /** For the container. */
    public HlsResource() {}

    /** {@code {"name":"test"}}: delivers the stream, or the film of a {@code vod-live://} URI. */
    @POST
    @Path("startup")
    public CompletionStage<Response> startup(InputStream body) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        service.startup(name(RequestBody.read(body))).whenComplete((started, failure) -> {
            if (failure == null) {
                answer.complete(Response.ok().build());
            } else {
                answer.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
            }
        });
        return answer;
    }

    /** The names, as an array of strings; of all nodes. */
    @POST
    @Path("find_all")
    public CompletionStage<Response> findAll() {
        return service.findOnAll();
    }

    /** {@code {"name":"test"}}: ends the delivery on all nodes, not the stream. */
    @POST
    @Path("terminate")
    public CompletionStage<Response> terminate(InputStream body) {
        RequestBody request = RequestBody.read(body);
        name(request);
        return service.terminateOnAll(request);
    }

    private static String name(RequestBody body) {
        return body.string(HlsService.NAME)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new BadRequestException("\"name\" is missing"));
    }
}
