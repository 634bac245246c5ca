package org.reelcast.recording;

/** A recording cannot be started; the message is a sentence for the log and for whoever asked. */
public final class RecordException extends Exception {
    private static final long serialVersionUID = 1L;

    RecordException(String message) {
        super(message);
    }
}
