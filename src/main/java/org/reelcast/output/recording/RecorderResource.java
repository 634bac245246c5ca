package org.reelcast.output.recording;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.reelcast.refusal.Refusal;
import org.reelcast.rest.RequestBody;

/** {@code /rest-api/recorder}: the recordings that run; starting and stopping by their newer names. */
@Path("recorder")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RecorderResource {
    @Inject
    private RecordingService recording;

    /** For the container. */
    public RecorderResource() {
    }

    /** As {@code /stream/startRecording}. */
    @POST
    @Path("startup")
    public Response start(InputStream body) throws Refusal {
        return RecordingCalls.start(recording, RequestBody.read(body));
    }

    /** As {@code /stream/stopRecording}. */
    @POST
    @Path("terminate")
    public CompletionStage<Response> stop(InputStream body) {
        return RecordingCalls.stop(recording.recordings(), RequestBody.read(body));
    }

    /** All that run; 404 when there are none. */
    @POST
    @Path("find_all")
    public JsonArray findAll() {
        List<Recorder> recorders = recording.recordings().all();
        if (recorders.isEmpty()) {
            throw new NotFoundException(RecordingCalls.NOT_FOUND);
        }
        JsonArrayBuilder array = Json.createArrayBuilder();
        recorders.forEach(recorder -> array.add(Json.createObjectBuilder()
                .add("fileName", recorder.fileName())
                .add("mediaSessionId", recorder.request().mediaSessionId())));
        return array.build();
    }

    /** As WCS's browser SDK asks for it. */
    @GET
    @Path("find_all")
    public JsonArray getAll() {
        return findAll();
    }
}
