package org.reelcast.refusal;

import java.io.IOException;
import java.util.Optional;

/**
 * Something that a client asked for and does not get: why in WCS's words for the client, and a sentence for the log
 * that says what to do about it. The same on the whole way from a parser to the client's message or HTTP answer.
 */
public final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private final StatusText status;
    /** Null when it may name files or stores that are not the client's to know of. */
    private final String told;

    /**
     * @param status   what the client is told
     * @param sentence what the log says; the client is told it, too, when the request was at fault (4xx)
     */
    public Refusal(StatusText status, String sentence) {
        this(status, sentence, null, isClients(status) ? sentence : null);
    }

    public Refusal(StatusText status, String sentence, Throwable cause) {
        this(status, sentence, cause, isClients(status) ? sentence : null);
    }

    private Refusal(StatusText status, String sentence, Throwable cause, String told) {
        super(sentence, cause);
        this.status = status;
        this.told = told;
    }

    private static boolean isClients(StatusText status) {
        return status.httpStatus() >= CLIENT_ERROR && status.httpStatus() < SERVER_ERROR;
    }

    /** One whose sentence the client is told in any case: it speaks of the film that was asked for, and of nothing else. */
    public static Refusal told(StatusText status, String sentence) {
        return new Refusal(status, sentence, null, sentence);
    }

    /** The same refusal, the sentence preceded by what it is about; the client is told no more than before. */
    public Refusal about(String what) {
        return new Refusal(status, what + ": " + getMessage(), this, told);
    }

    /** What is wrong and what to do about it, as the client is told beside {@link #info}. */
    public Optional<String> reason() {
        return Optional.ofNullable(told);
    }

    public StatusText status() {
        return status;
    }

    /** What the client is told: the {@code info} of a status event, the {@code reason} of a REST error. */
    public String info() {
        return status.text();
    }
}
