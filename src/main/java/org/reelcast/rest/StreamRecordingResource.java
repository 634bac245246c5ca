package org.reelcast.rest;

import jakarta.ejb.EJB;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.reelcast.output.recording.RecordingService;
import org.reelcast.refusal.Refusal;
import org.reelcast.source.vod.VodService;

/** {@code /rest-api/stream}: recording starts and stops. */
@Path("stream")
@Produces(MediaType.APPLICATION_JSON)
public class StreamRecordingResource {
    @EJB
    private VodService vod;

    @EJB
    private RecordingService recording;

    /** For the container. */
    public StreamRecordingResource() {
    }

    /** {@code {"mediaSessionId":"...","config":{"fileTemplate":"{streamName}","rotation":"10M"}}}. */
    @POST
    @Path("startRecording")
    public Response start(InputStream body) throws Refusal {
        return RecordingCalls.start(vod, RequestBody.read(body));
    }

    /** {@code {"mediaSessionId":"..."}}; answers when the film is finished. */
    @POST
    @Path("stopRecording")
    public Response stop(InputStream body) {
        return RecordingCalls.stop(recording.recordings(), RequestBody.read(body));
    }
}
