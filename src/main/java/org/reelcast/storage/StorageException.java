package org.reelcast.storage;

import java.io.IOException;

/** A name was not opened. The message is for the log, {@link #info()} for the viewer, who learns no more than that. */
public final class StorageException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What a viewer is told. */
    public enum Reason {
        /** No such file, or none that may be had: the two look alike from outside. */
        NOT_FOUND("File not found"),
        /** The file is there and cannot be read. */
        UNREADABLE("Failed to read file");

        private final String info;

        Reason(String info) {
            this.info = info;
        }
    }

    private final Reason reason;

    /** @param message a sentence for the log */
    public StorageException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public StorageException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The info string of the status event, as WCS words it. */
    public String info() {
        return reason.info;
    }
}
