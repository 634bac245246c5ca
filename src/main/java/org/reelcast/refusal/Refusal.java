package org.reelcast.refusal;

import java.io.IOException;

/**
 * Something that a client asked for and does not get: why in WCS's words for the client, and a sentence for the log
 * that says what to do about it. The same on the whole way from a parser to the client's message or HTTP answer.
 */
public final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final StatusText status;

    /**
     * @param status   what the client is told
     * @param sentence what the log says; a REST client is told it, too, when the request was at fault (4xx)
     */
    public Refusal(StatusText status, String sentence) {
        super(sentence);
        this.status = status;
    }

    public Refusal(StatusText status, String sentence, Throwable cause) {
        super(sentence, cause);
        this.status = status;
    }

    /** The same refusal, the sentence preceded by what it is about. */
    public Refusal about(String what) {
        return new Refusal(status, what + ": " + getMessage(), this);
    }

    public StatusText status() {
        return status;
    }

    /** What the client is told: the {@code info} of a status event, the {@code reason} of a REST error. */
    public String info() {
        return status.text();
    }
}
