package org.reelcast.output.recording;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;
import org.reelcast.rest.RequestBody;

/** {@code /rest-api/stream}: recording starts and stops. */
@Path("stream")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class StreamRecordingResource {
    @Inject
    private RecordingService recording;

    /** For the container. */
    public StreamRecordingResource() {}

    /** {@code {"mediaSessionId":"...","config":{"fileTemplate":"{streamName}","rotation":"10M"}}}. */
    @POST
    @Path("startRecording")
    public CompletionStage<Response> start(InputStream body) {
        return RecordingCalls.start(recording, RequestBody.read(body));
    }

    /** {@code {"mediaSessionId":"..."}}; answers when the film is finished. */
    @POST
    @Path("stopRecording")
    public CompletionStage<Response> stop(InputStream body) {
        return RecordingCalls.stop(recording, RequestBody.read(body));
    }
}
