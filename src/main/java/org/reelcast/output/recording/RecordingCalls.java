package org.reelcast.output.recording;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.reelcast.refusal.StatusText;
import org.reelcast.rest.LongCall;
import org.reelcast.rest.RequestBody;

/** What the calls for recording have in common, under whichever of WCS's names. */
final class RecordingCalls {
    private static final String NOT_FOUND = StatusText.RECORDING_NOT_FOUND.text();
    private static final int FINISH_SECONDS = 30;
    private static final String EXTENSION = ".mp4";

    private RecordingCalls() {}

    static CompletionStage<Response> start(RecordingService recording, RequestBody body) {
        String id = mediaSessionId(body);
        RequestBody config = body.object("config").orElse(body);
        Optional<String> template = config.string("fileTemplate")
                .or(() -> config.string("fileName"))
                .map(RecordingCalls::withoutExtension);
        Optional<Rotation> rotation = config.text("rotation")
                .map(text -> Rotation.parse(text)
                        .orElseThrow(() ->
                                new BadRequestException("\"rotation\" is neither seconds nor megabytes as in 10M")));
        return LongCall.on(recording.tasks(), () -> {
            recording.record(id, template, rotation);
            return Response.ok().build();
        });
    }

    /** Answers when the film is finished, or when that takes very long: then it is being finished all the same. */
    static CompletionStage<Response> stop(RecordingService recording, RequestBody body) {
        String id = mediaSessionId(body);
        CompletableFuture<Response> answer = new CompletableFuture<>();
        LongCall.on(recording.tasks(), () -> {
                    recording
                            .stopAnywhere(id)
                            .orElseThrow(() -> new NotFoundException(NOT_FOUND))
                            .thenRun(() -> answer.complete(Response.ok().build()));
                    answer.completeOnTimeout(Response.ok().build(), FINISH_SECONDS, TimeUnit.SECONDS);
                    return null;
                })
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        answer.completeExceptionally(failure);
                    }
                });
        return answer;
    }

    private static String mediaSessionId(RequestBody body) {
        return body.string("mediaSessionId")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new BadRequestException("\"mediaSessionId\" is missing"));
    }

    private static String withoutExtension(String name) {
        return name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
    }
}
