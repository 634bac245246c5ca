package org.reelcast.signalling;

import org.reelcast.stream.Variant;

/**
 * A client asks for a stream, to play or to publish it. Holds what is asked for while the stream lasts; the rest of the
 * message, which may be long, is gone when the stream has started.
 *
 * @param mediaSessionId the client's name for its part in it
 * @param name           the stream's name or URI
 * @param publishes      whether the client is to publish it
 * @param record         whether what it publishes is to be recorded
 * @param variant        the stream as it is asked for: {@code width}, {@code height} and {@code bitrate} of its picture
 * @param startUs        where a film that plays for this client alone is to start, in µs: {@code start} within
 *                       {@code custom}, in seconds; 0 when it does not say, negative when that is no such time
 */
public record StreamRequest(
        String mediaSessionId,
        String name,
        boolean publishes,
        boolean record,
        Variant variant,
        long startUs,
        Client client) {

    /** What a message asks for. */
    public static StreamRequest of(Message message, Client client) {
        String name = message.string("name");
        return new StreamRequest(
                message.string("mediaSessionId"),
                name,
                message.name().equals("publishStream"),
                message.isTrue("record"),
                new Variant(name, message.number("width"), message.number("height"), message.number("bitrate")),
                message.custom()
                        .map(custom -> custom.seconds("start"))
                        .map(seconds -> (long) (seconds * 1e6))
                        .orElse(0L),
                client);
    }
}
