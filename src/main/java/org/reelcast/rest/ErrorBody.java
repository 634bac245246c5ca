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
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** Turns every error into JSON with WCS's field names; what is unexpected goes to the log and not to the client. */
@Provider
public class ErrorBody implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(ErrorBody.class.getName());

    @Context
    private UriInfo uri;

    /** For the container. */
    public ErrorBody() {}

    @Override
    public Response toResponse(Throwable error) {
        Response.StatusType status = Response.Status.INTERNAL_SERVER_ERROR;
        String reason = "Internal error, see the server's log";
        String message = null;
        if (error instanceof WebApplicationException expected) {
            status = expected.getResponse().getStatusInfo();
            reason = expected.getMessage();
        } else if (error instanceof Refusal refusal) {
            status = Response.Status.fromStatusCode(refusal.status().httpStatus());
            reason = refusal.info();
            message = refusal.reason().orElse(null);
            // of an overload who finds it speaks, once and not for each request
            boolean told = message != null || refusal.status() == StatusText.SERVER_IS_OVERLOADED;
            LOG.log(told ? Level.FINE : Level.WARNING, () -> uri.getPath() + ": " + refusal.getMessage());
        } else {
            LOG.log(Level.SEVERE, "Unexpected error at " + uri.getPath(), error);
        }
        reason = reason == null ? status.getReasonPhrase() : reason;
        message = message == null ? reason : message;
        JsonObject body = Json.createObjectBuilder()
                .add("exception", error.getClass().getName())
                .add("reason", reason)
                .add("path", uri.getBaseUri().getPath() + uri.getPath())
                .add("error", status.getReasonPhrase())
                .add("message", message)
                .add("timestamp", System.currentTimeMillis())
                .add("status", status.getStatusCode())
                .build();
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(body)
                .build();
    }
}
