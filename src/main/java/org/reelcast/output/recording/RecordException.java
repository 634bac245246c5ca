package org.reelcast.output.recording;

/** A recording cannot be started; the message is a sentence for the log and for whoever asked. */
public final class RecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String info;

    RecordException(String info, String message) {
        super(message);
        this.info = info;
    }

    /** The same for who publishes, without names of files. */
    public String info() {
        return info;
    }
}
