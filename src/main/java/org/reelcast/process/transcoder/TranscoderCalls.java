package org.reelcast.process.transcoder;

import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.reelcast.refusal.Refusal;
import org.reelcast.rest.LongCall;
import org.reelcast.rest.RequestBody;
import org.reelcast.stream.Streams;

/** The calls by which streams are transcoded. */
@Produces(MediaType.APPLICATION_JSON)
public class TranscoderCalls {
    @Inject
    private TranscoderService service;

    /** For the container. */
    public TranscoderCalls() {}

    /**
     * Starts a transcoder: {@code {"uri":"transcoder://t1","remoteStreamName":"test","localStreamName":"testT",
     * "encoder":{"width":640,"height":360,"keyFrameInterval":60,"fps":30,"bitrate":800,"watermark":"logo.png"}}}.
     */
    @POST
    @Path("startup")
    public CompletionStage<Response> startup(InputStream requestBody) throws Refusal {
        RequestBody body = RequestBody.read(requestBody);
        String uri = uri(body);
        String remote = body.required(TranscoderFields.SOURCE);
        String local = body.required(TranscoderFields.NAME);
        Streams.checkName(uri);
        Streams.checkName(remote);
        Streams.checkName(local);
        if (Streams.isUri(local)) {
            throw new BadRequestException("\"localStreamName\" is a name, not '" + local + "'");
        }
        RequestBody encoder =
                body.object(TranscoderFields.ENCODER).orElseThrow(() -> RequestBody.missing(TranscoderFields.ENCODER));
        RequestedEncoding wish = TranscoderFields.wish(encoder).checked();
        return LongCall.done(service.opener(remote), () -> service.startup(uri, remote, local, wish));
    }

    private static String uri(RequestBody body) {
        String uri = body.required("uri");
        if (!uri.matches("transcoder2?://.+")) {
            throw new BadRequestException("\"uri\" is transcoder:// and a name, not '" + uri + "'");
        }
        return uri;
    }

    /** Those of all nodes of which all fields given are as given; 404 when there are none. */
    @POST
    @Path("find")
    public CompletionStage<Response> find(InputStream requestBody) {
        return service.findOnAll(RequestBody.read(requestBody));
    }

    /** All of them; 404 when there are none. */
    @POST
    @Path("find_all")
    public CompletionStage<Response> findAll() {
        return service.findOnAll(RequestBody.of("{}"));
    }

    /** As WCS's browser SDK asks for it. */
    @GET
    @Path("find_all")
    public CompletionStage<Response> getAll() {
        return findAll();
    }

    /** Ends the one of that URI, on whichever node it is; 404 when there is none. */
    @POST
    @Path("terminate")
    public CompletionStage<Response> terminate(InputStream requestBody) {
        String uri = uri(RequestBody.read(requestBody));
        return LongCall.done(service.tasks(), () -> service.terminate(uri));
    }

    /** {@code {"uri":"transcoder://t1","watermark":"logo.png"}}: another image; without one, none. */
    @POST
    @Path("set_watermark")
    public CompletionStage<Response> setWatermark(InputStream requestBody) {
        RequestBody body = RequestBody.read(requestBody);
        String uri = uri(body);
        Optional<String> name = body.string("watermark").filter(text -> !text.isEmpty());
        return LongCall.done(service.opener(uri), () -> service.mark(uri, name));
    }
}
