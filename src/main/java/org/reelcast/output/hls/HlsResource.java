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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rest.RequestBody;

/** {@code /rest-api/hls}: which streams are delivered as HLS, as WCS has it. */
@Path("hls")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class HlsResource {
    @Inject
    private HlsService service;

    /** For the container. */
    public HlsResource() {
    }

    /** {@code {"name":"test"}}: delivers the stream, or the film of a {@code vod-live://} URI. */
    @POST
    @Path("startup")
    public CompletionStage<Response> startup(InputStream body) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        service.startup(name(body)).whenComplete((started, failure) -> {
            if (failure == null) {
                answer.complete(Response.ok().build());
            } else {
                answer.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
            }
        });
        return answer;
    }

    /** The names, as an array of strings. */
    @POST
    @Path("find_all")
    public List<String> findAll() throws Refusal {
        List<String> names = service.find();
        if (names.isEmpty()) {
            throw new Refusal(StatusText.STREAM_NOT_FOUND, "no stream is delivered as HLS");
        }
        return names;
    }

    /** {@code {"name":"test"}}: ends the delivery, not the stream. */
    @POST
    @Path("terminate")
    public Response terminate(InputStream body) throws Refusal {
        service.terminate(name(body));
        return Response.ok().build();
    }

    private static String name(InputStream body) {
        return RequestBody.read(body).string("name").filter(text -> !text.isBlank())
                .orElseThrow(() -> new BadRequestException("\"name\" is missing"));
    }
}
