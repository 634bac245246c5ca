package org.reelcast.output.snapshot;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.reelcast.rest.RequestBody;

/** {@code /rest-api/stream/snapshot}: a picture of what a stream shows now. */
@Path("stream/snapshot")
@RequestScoped
public class SnapshotResource {
    private static final int MIN_WIDTH = 16;
    private static final int MAX_WIDTH = 3840;

    @Inject
    private SnapshotService service;

    @Context
    private HttpServletRequest request;

    /** For the container. */
    public SnapshotResource() {}

    /** As WCS: {@code {"streamName":"test"}} is answered by {@code {"data":"<PNG, base64>"}}. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> take(InputStream requestBody) {
        String name = required(RequestBody.read(requestBody).string("streamName"));
        return answer(
                name,
                OptionalInt.empty(),
                ImageFormat.PNG,
                image -> Response.ok(Json.createObjectBuilder()
                                .add("data", Base64.getEncoder().encodeToString(image.bytes()))
                                .build())
                        .build());
    }

    /** The image itself: {@code ?streamName=test&width=320&format=jpeg}. */
    @GET
    @Produces(MediaType.WILDCARD)
    public CompletionStage<Response> image(
            @QueryParam("streamName") String streamName,
            @QueryParam("width") String width,
            @QueryParam("format") String format,
            @HeaderParam("If-None-Match") String known,
            @Context HttpHeaders headers) {
        String name = required(Optional.ofNullable(streamName));
        ImageFormat chosen = format == null
                ? accepted(headers.getAcceptableMediaTypes())
                : ImageFormat.named(format)
                        .orElseThrow(() -> new BadRequestException("\"format\" is neither png nor jpeg"));
        return answer(name, maxWidth(width), chosen, image -> response(image, known));
    }

    private static String required(Optional<String> name) {
        return name.filter(text -> !text.isBlank())
                .orElseThrow(() -> new BadRequestException("\"streamName\" is missing"));
    }

    private static OptionalInt maxWidth(String text) {
        if (text == null) {
            return OptionalInt.empty();
        }
        int width = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (width < MIN_WIDTH || width > MAX_WIDTH) {
            throw new BadRequestException("\"width\" is not a whole number from " + MIN_WIDTH + " to " + MAX_WIDTH);
        }
        return OptionalInt.of(width);
    }

    /** @param types the best first */
    private static ImageFormat accepted(List<MediaType> types) {
        for (MediaType type : types) {
            for (ImageFormat format : ImageFormat.values()) {
                if (type.isCompatible(MediaType.valueOf(format.mediaType()))) {
                    return format;
                }
            }
        }
        throw new NotAcceptableException("Snapshots are image/png or image/jpeg");
    }

    /** The answer, once there is an image; until then no thread waits. */
    private CompletionStage<Response> answer(
            String name, OptionalInt maxWidth, ImageFormat format, Function<Image, Response> response) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        service.snapshots()
                .take(name, maxWidth, format, request.getRemoteAddr())
                .thenAcceptAsync(image -> answer.complete(response.apply(image)), service.answers())
                .exceptionallyAsync(
                        failure -> {
                            answer.completeExceptionally(Snapshots.cause(failure));
                            return null;
                        },
                        service.answers());
        return answer;
    }

    /** @param known If-None-Match (RFC 9110 section 13.1.2); null when there is none */
    private static Response response(Image image, String known) {
        String tag = '"' + image.entityTag() + '"';
        boolean unchanged = known != null
                && Arrays.stream(known.split(","))
                        .map(String::strip)
                        .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
        Response.ResponseBuilder response =
                unchanged ? Response.notModified() : Response.ok(image.bytes(), image.mediaType());
        return response.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, "max-age=1")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
