package org.reelcast.stream;

import java.util.Optional;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * How a stream or a viewer's part in it ended.
 *
 * @param status   {@code STOPPED} or {@code FAILED}; for its publisher {@code UNPUBLISHED} instead of {@code STOPPED}
 * @param reason   why, for the client, in WCS's words
 * @param sentence what is wrong and what to do about it; empty when there is no more to say
 */
public record StreamEnd(StreamStatus status, StatusText reason, Optional<String> sentence) {

    private StreamEnd(StreamStatus status, StatusText reason) {
        this(status, reason, Optional.empty());
    }

    /** It ended as it should: by the film's end, by a request or with its publisher. */
    public static StreamEnd stopped(StatusText reason) {
        return new StreamEnd(StreamStatus.STOPPED, reason);
    }

    /** The same, told to its publisher. */
    public static StreamEnd unpublished(StatusText reason) {
        return new StreamEnd(StreamStatus.UNPUBLISHED, reason);
    }

    /** Something went wrong. */
    public static StreamEnd failed(StatusText reason) {
        return new StreamEnd(StreamStatus.FAILED, reason);
    }

    /** Somebody asked for it in vain. */
    public static StreamEnd failed(Refusal why) {
        return new StreamEnd(StreamStatus.FAILED, why.status(), why.reason());
    }

    /** The {@code info} of a status event. */
    public String info() {
        return reason.text();
    }
}
