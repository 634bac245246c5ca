package org.reelcast.source.publish;

/** A stream that cannot be published: a text of WCS's for the client, a sentence for the log. */
public final class PublishException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String info;

    PublishException(String info, String message, Throwable cause) {
        super(message, cause);
        this.info = info;
    }

    /** What the client is told. */
    public String info() {
        return info;
    }
}
