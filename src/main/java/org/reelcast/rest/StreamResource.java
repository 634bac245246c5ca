package org.reelcast.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;

/** {@code /rest-api/stream}: the streams of all sources are found and ended. */
@Path("stream")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class StreamResource {
    @Inject
    private StreamCalls streams;

    /** For the container. */
    public StreamResource() {}

    /** The streams that match all fields given; 404 when there are none. */
    @POST
    @Path("find")
    public CompletionStage<Response> find(InputStream requestBody) {
        return streams.find(RequestBody.read(requestBody));
    }

    /** All streams; 404 when there are none. */
    @POST
    @Path("find_all")
    public CompletionStage<Response> findAll() {
        return streams.find(RequestBody.of("{}"));
    }

    /** As WCS's browser SDK asks for it. */
    @GET
    @Path("find_all")
    public CompletionStage<Response> getAll() {
        return findAll();
    }

    /** Ends the streams that match all fields given, without any field all; 404 when there are none. */
    @POST
    @Path("terminate")
    public CompletionStage<Response> terminate(InputStream requestBody) {
        return streams.terminate(RequestBody.read(requestBody));
    }
}
