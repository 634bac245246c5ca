package org.reelcast.source.vod;

/** A film or stream that cannot be played: a text of WCS's for the client, a sentence for the log. */
public class VodException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String info;

    /**
     * @param info    what the client is told, one of {@link org.reelcast.stream.StreamInfo}
     * @param message what the log says
     */
    public VodException(String info, String message) {
        super(message);
        this.info = info;
    }

    public VodException(String info, String message, Throwable cause) {
        super(message, cause);
        this.info = info;
    }

    public String info() {
        return info;
    }
}
