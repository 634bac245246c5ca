package org.reelcast.output.recording;

import java.nio.file.Path;
import java.util.Optional;
import org.reelcast.refusal.StatusText;

/**
 * How a recording came out.
 *
 * @param file    the finished film, the last one when there are several parts; empty when there was nothing to record
 * @param problem why it ended before it was stopped, or why there is no file: one sentence for the log; empty when all
 *                went well
 * @param reason  the same for who publishes, without names of files; empty too when the server stops
 */
public record RecordEnd(Optional<Path> file, Optional<String> problem, Optional<StatusText> reason) {

    /** Why it ended before it was stopped, for who publishes; empty when all went well. */
    public Optional<String> info() {
        return reason.map(StatusText::text);
    }

    /** The bare name, as {@code recordName} has it. */
    public Optional<String> fileName() {
        return file.map(path -> path.getFileName().toString());
    }
}
