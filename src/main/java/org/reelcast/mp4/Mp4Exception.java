package org.reelcast.mp4;

import java.io.IOException;

/** A file cannot be played. The message is a sentence for the log, {@link #info()} for the viewer. */
public final class Mp4Exception extends IOException {
    private static final long serialVersionUID = 1L;

    /** What a viewer is told. */
    public enum Reason {
        /** Not an MP4, or one without a track that can be played. */
        WRONG_FORMAT("File has wrong format"),
        /** An MP4 whose structure is damaged. */
        BROKEN("Failed to read file");

        private final String info;

        Reason(String info) {
            this.info = info;
        }
    }

    private final Reason reason;

    public Mp4Exception(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Mp4Exception(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    static Mp4Exception broken(String message) {
        return new Mp4Exception(Reason.BROKEN, message);
    }

    static Mp4Exception wrongFormat(String message) {
        return new Mp4Exception(Reason.WRONG_FORMAT, message);
    }

    /** The info string of the status event, as WCS words it. */
    public String info() {
        return reason.info;
    }
}
