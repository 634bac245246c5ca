package org.reelcast.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns every error into JSON with WCS's field names; what is unexpected goes to the log and not to the client. */
@Provider
public class ErrorBody implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(ErrorBody.class.getName());

    @Context
    private UriInfo uri;

    /** For the container. */
    public ErrorBody() {
    }

    @Override
    public Response toResponse(Throwable error) {
        Response.StatusType status = Response.Status.INTERNAL_SERVER_ERROR;
        String reason = "Internal error, see the server's log";
        if (error instanceof WebApplicationException expected) {
            status = expected.getResponse().getStatusInfo();
            reason = expected.getMessage();
        } else {
            LOG.log(Level.SEVERE, "Unexpected error at " + uri.getPath(), error);
        }
        String message = reason == null ? status.getReasonPhrase() : reason;
        JsonObject body = Json.createObjectBuilder()
                .add("exception", error.getClass().getName())
                .add("reason", message)
                .add("path", uri.getBaseUri().getPath() + uri.getPath())
                .add("error", status.getReasonPhrase())
                .add("message", message)
                .add("timestamp", System.currentTimeMillis())
                .add("status", status.getStatusCode())
                .build();
        return Response.status(status).type(MediaType.APPLICATION_JSON).entity(body).build();
    }
}
