package org.reelcast.output.recording;

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
import org.reelcast.rest.RequestBody;

/** {@code /rest-api/recorder}: the recordings that run; starting and stopping by their newer names. */
@Path("recorder")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RecorderResource {
    @Inject
    private RecordingService recording;

    /** For the container. */
    public RecorderResource() {}

    /** As {@code /stream/startRecording}. */
    @POST
    @Path("startup")
    public CompletionStage<Response> start(InputStream body) {
        return RecordingCalls.start(recording, RequestBody.read(body));
    }

    /** As {@code /stream/stopRecording}. */
    @POST
    @Path("terminate")
    public CompletionStage<Response> stop(InputStream body) {
        return RecordingCalls.stop(recording, RequestBody.read(body));
    }

    /** All that run, on all nodes; 404 when there are none. */
    @POST
    @Path("find_all")
    public CompletionStage<Response> findAll() {
        return recording.findOnAll();
    }

    /** As WCS's browser SDK asks for it. */
    @GET
    @Path("find_all")
    public CompletionStage<Response> getAll() {
        return findAll();
    }
}
