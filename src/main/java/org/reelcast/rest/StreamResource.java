package org.reelcast.rest;

import jakarta.ejb.EJB;
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
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.reelcast.output.recording.RecordingService;
import org.reelcast.refusal.StatusText;
import org.reelcast.source.publish.PublishService;
import org.reelcast.source.publish.PublishedStream;
import org.reelcast.source.vod.VodService;

/** {@code /rest-api/stream}: the streams of browsers and films are found and ended. */
@Path("stream")
@Produces(MediaType.APPLICATION_JSON)
public class StreamResource {
    @EJB
    private PublishService publishing;

    @EJB
    private VodService vod;

    @EJB
    private RecordingService recording;

    /** For the container. */
    public StreamResource() {
    }

    /** The streams that match all fields given; 404 when there are none. */
    @POST
    @Path("find")
    public JsonArray find(InputStream requestBody) {
        return found(StreamEntry.criteria(RequestBody.read(requestBody)));
    }

    /** All streams; 404 when there are none. */
    @POST
    @Path("find_all")
    public JsonArray findAll() {
        return found(any -> true);
    }

    /** As WCS's browser SDK asks for it. */
    @GET
    @Path("find_all")
    public JsonArray getAll() {
        return findAll();
    }

    /** Ends the streams that match all fields given, without any field all; 404 when there are none. */
    @POST
    @Path("terminate")
    public Response terminate(InputStream requestBody) {
        Predicate<StreamEntry> criteria = StreamEntry.criteria(RequestBody.read(requestBody));
        int ended = publishing.publishers().end(published -> criteria.test(entry(published)),
                StatusText.STOPPED_BY_REST_TERMINATE);
        ended += vod.terminate(film -> criteria.test(StreamEntry.of(film)));
        if (ended == 0) {
            throw new NotFoundException(StatusText.STREAM_NOT_FOUND.text());
        }
        return Response.ok().build();
    }

    private JsonArray found(Predicate<StreamEntry> criteria) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        Stream.concat(publishing.publishers().find(all -> true).stream().map(this::entry),
                vod.find(all -> true).stream().map(StreamEntry::of))
                .filter(criteria).forEach(entry -> array.add(entry.json()));
        JsonArray streams = array.build();
        if (streams.isEmpty()) {
            throw new NotFoundException(StatusText.STREAM_NOT_FOUND.text());
        }
        return streams;
    }

    private StreamEntry entry(PublishedStream published) {
        return StreamEntry.of(published, recording.recordings().isRecording(published.stream().mediaSessionId()));
    }
}
