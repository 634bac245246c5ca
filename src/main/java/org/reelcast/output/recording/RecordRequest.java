package org.reelcast.output.recording;

import java.util.Objects;
import java.util.Optional;

/**
 * What is to be recorded, for the file's name and the hook. Nothing here may be null; what is not known is empty.
 *
 * @param mediaSessionId of the stream
 * @param streamName     what viewers play it by
 * @param login          who publishes it
 * @param sessionId      of the publisher's connection
 * @param template       for the file name instead of {@code stream_record_policy_template}
 * @param rotation       instead of {@code record_rotation}
 */
public record RecordRequest(
        String mediaSessionId,
        String streamName,
        String login,
        String sessionId,
        Optional<String> template,
        Optional<Rotation> rotation) {

    public RecordRequest {
        Objects.requireNonNull(mediaSessionId);
        Objects.requireNonNull(streamName);
        Objects.requireNonNull(login);
        Objects.requireNonNull(sessionId);
    }

    /** As the settings say, of a stream that belongs to nobody. */
    public static RecordRequest of(String mediaSessionId, String streamName) {
        return new RecordRequest(mediaSessionId, streamName, "", "", Optional.empty(), Optional.empty());
    }
}
