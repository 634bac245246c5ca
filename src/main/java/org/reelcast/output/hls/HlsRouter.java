package org.reelcast.output.hls;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.Admission;
import org.reelcast.loop.MonotonicClock;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.HlsRequest;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.sharing.LogLimit;
import org.reelcast.storage.PercentDecoder;

/**
 * Finds what a path means: {@code /NAME/RESOURCE} is a stream, {@code /NAME-HLS-ABR-STREAM/SIZE/RESOURCE} one of its sizes,
 * {@code /vod/PATH/RESOURCE} a whole film. Does not block.
 */
final class HlsRouter {
    private static final Logger LOG = Logger.getLogger(HlsRouter.class.getName());
    private static final String WHOLE_FILMS = "vod";
    private static final String PERSONAL = "vod://";
    /** What players ask for once, when they begin. */
    private static final Set<String> FIRST = Set.of("index.m3u8", "abr.m3u8", "manifest.mpd");

    private static final int MAX_PATH = 2_048;
    /** Of these the sentence says what to do; those of others may name folders of this machine. */
    private static final Set<StatusText> TOLD = EnumSet.of(
            StatusText.STREAM_NOT_FOUND,
            StatusText.STREAM_IS_PERSONAL,
            StatusText.NO_COMMON_CODECS,
            StatusText.FILE_CANNOT_BE_CUT);

    private final LiveStreams streams;
    private final AdaptiveStreams adaptive;
    private final Optional<WholeFilms> films;
    private final Admission admission;
    private final LogLimit failures = new LogLimit(LOG::log, 1, () -> MonotonicClock.nowUs() / 1000);

    /** @param films empty when whole films are not delivered */
    HlsRouter(LiveStreams streams, AdaptiveStreams adaptive, Optional<WholeFilms> films, Admission admission) {
        this.admission = admission;
        this.streams = streams;
        this.adaptive = adaptive;
        this.films = films;
    }

    /**
     * The answer, once there is one; never fails.
     *
     * @param path  as in the request line, from the slash before the name on, not decoded
     * @param query likewise; may be null
     * @param asker address of whoever asks
     */
    CompletionStage<HlsAnswer> get(String path, String query, String asker) {
        if (path.length() > MAX_PATH || query != null && query.length() > MAX_PATH) {
            return done(HlsAnswer.refusal(414, "The address is too long."));
        }
        List<String> parts = new ArrayList<>();
        for (String part : path.substring(Math.min(1, path.length())).split("/", -1)) {
            Optional<String> decoded = PercentDecoder.decode(part);
            if (decoded.isEmpty()) {
                return done(HlsAnswer.refusal(400, "The address is not encoded as it should be."));
            }
            parts.add(decoded.get());
        }
        try {
            HlsRequest request = request(parts.get(parts.size() - 1), query);
            if (isFirstOfAPlayer(parts, request) && !admission.admits()) {
                return done(HlsAnswer.refusal(503, StatusText.SERVER_IS_OVERLOADED.text() + "."));
            }
            return route(parts, request, asker).exceptionally(this::refusal);
        } catch (NumberFormatException e) {
            return done(HlsAnswer.refusal(400, "_HLS_msn and _HLS_part are whole numbers."));
        } catch (RuntimeException e) {
            return done(refusal(e));
        }
    }

    /** Whether it begins with that, and goes on to ask for other things. */
    private boolean isFirstOfAPlayer(List<String> parts, HlsRequest request) {
        String name = parts.get(0);
        String resource = request.resource();
        return FIRST.contains(resource)
                || resource.equals(name + ".m3u8") && (name.endsWith(AdaptiveStreams.SUFFIX) || !streams.isOpen(name));
    }

    private CompletionStage<HlsAnswer> route(List<String> parts, HlsRequest request, String asker) {
        if (parts.get(0).equals(WHOLE_FILMS) && parts.size() > 2) {
            String location = String.join("/", parts.subList(1, parts.size() - 1));
            return films.isEmpty()
                    ? done(HlsAnswer.refusal(403, "Whole films are not delivered here: " + "vod_hls_enabled is false."))
                    : films.get().get(location, request, asker);
        }
        if (parts.get(0).endsWith(AdaptiveStreams.SUFFIX) && parts.size() <= 3) {
            return adaptive.get(parts, request, asker);
        }
        if (parts.size() != 2 || parts.get(0).isEmpty()) {
            return done(HlsAnswer.refusal(404, "There is no such HLS stream: its address is /NAME/NAME.m3u8."));
        }
        String name = parts.get(0);
        if (name.startsWith(PERSONAL)) {
            return done(HlsAnswer.refusal(
                    403,
                    "A vod:// stream is for its one viewer alone: ask for vod-live://, or "
                            + "for the whole film at /vod/" + name.substring(PERSONAL.length()) + "/index.m3u8."));
        }
        boolean isList = request.resource().endsWith(".m3u8");
        if (isList && !LiveStreams.isList(name, request.resource())) {
            return done(HlsAnswer.refusal(404, "The playlist of a stream has its name: /NAME/NAME.m3u8."));
        }
        return streams.get(name, isList, asker).thenCompose(stream -> stream.get(request));
    }

    private static CompletionStage<HlsAnswer> done(HlsAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static HlsRequest request(String resource, String query) {
        long sequence = -1;
        int part = -1;
        boolean delta = false;
        StringBuilder kept = new StringBuilder();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (pair.startsWith("_HLS_msn=")) {
                sequence = number(pair);
            } else if (pair.startsWith("_HLS_part=")) {
                part = (int) Math.min(Integer.MAX_VALUE, number(pair));
            } else if (pair.startsWith("_HLS_skip=")) {
                // "v2" lets date ranges be left out too, of which there are none
                delta = pair.endsWith("=YES") || pair.endsWith("=v2");
            } else if (!pair.startsWith("_HLS_") && !pair.isEmpty()) {
                kept.append(kept.length() == 0 ? '?' : '&').append(pair);
            }
        }
        return new HlsRequest(resource, kept.toString().replace("\"", "%22"), sequence, part, delta);
    }

    private static long number(String pair) {
        long number = Long.parseLong(pair.substring(pair.indexOf('=') + 1));
        if (number < 0) {
            throw new NumberFormatException();
        }
        return number;
    }

    private HlsAnswer refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Refusal refusal) {
            LOG.log(Level.FINE, "HLS refused", refusal);
            return HlsAnswer.refusal(
                    status(refusal.status()),
                    refusal.status().text()
                            + (TOLD.contains(refusal.status()) ? ": " + refusal.getMessage() + "." : "."));
        }
        if (cause instanceof RejectedExecutionException) {
            return HlsAnswer.refusal(503, StatusText.SERVER_IS_OVERLOADED.text() + ".");
        }
        failures.log(Level.WARNING, () -> "An HLS request could not be answered: " + cause);
        return HlsAnswer.refusal(500, StatusText.GOT_EXCEPTION_WHILE_STREAMING_FILE.text() + ".");
    }

    /** WCS's REST says 500 where a player of HLS must know that it need not try again. */
    private static int status(StatusText status) {
        return switch (status) {
            case FILE_NOT_FOUND, FAILED_TO_GET_AGENT_STORAGE -> 404;
            case FILE_HAS_WRONG_FORMAT -> 415;
            default -> status.httpStatus();
        };
    }
}
