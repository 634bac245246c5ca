package org.reelcast.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.function.Predicate;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.server.Server;

/** {@code /rest-api/stream}: the streams of all sources are found and ended. */
@Path("stream")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class StreamResource {
    @EJB
    private Server server;

    /** For the container. */
    public StreamResource() {
    }

    /** The streams that match all fields given; 404 when there are none. */
    @POST
    @Path("find")
    public JsonArray find(InputStream requestBody) throws Refusal {
        return found(StreamEntry.criteria(RequestBody.read(requestBody)));
    }

    /** All streams; 404 when there are none. */
    @POST
    @Path("find_all")
    public JsonArray findAll() throws Refusal {
        return found(any -> true);
    }

    /** As WCS's browser SDK asks for it. */
    @GET
    @Path("find_all")
    public JsonArray getAll() throws Refusal {
        return findAll();
    }

    /** Ends the streams that match all fields given, without any field all; 404 when there are none. */
    @POST
    @Path("terminate")
    public Response terminate(InputStream requestBody) throws Refusal {
        Predicate<StreamEntry> criteria = StreamEntry.criteria(RequestBody.read(requestBody));
        int ended = server.streams().end(stream -> criteria.test(StreamEntry.of(stream)),
                StatusText.STOPPED_BY_REST_TERMINATE);
        if (ended == 0) {
            throw noneFound();
        }
        return Response.ok().build();
    }

    private JsonArray found(Predicate<StreamEntry> criteria) throws Refusal {
        JsonArrayBuilder array = Json.createArrayBuilder();
        server.streams().find(all -> true).stream().map(StreamEntry::of).filter(criteria)
                .forEach(entry -> array.add(entry.json()));
        JsonArray streams = array.build();
        if (streams.isEmpty()) {
            throw noneFound();
        }
        return streams;
    }

    private static Refusal noneFound() {
        return new Refusal(StatusText.STREAM_NOT_FOUND, StatusText.STREAM_NOT_FOUND.text());
    }
}
