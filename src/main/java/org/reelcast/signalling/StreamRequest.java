package org.reelcast.signalling;

import org.reelcast.stream.Variant;

/**
 * A client asks for a stream, to play or to publish it.
 *
 * @param mediaSessionId the client's name for its part in it
 * @param name           the stream's name or URI
 * @param message        all of the request
 */
public record StreamRequest(String mediaSessionId, String name, Message message, Client client) {

    /** The client's SDP; empty when there is none. */
    public String sdp() {
        return message.string("sdp");
    }

    /** The stream as it is asked for: {@code width}, {@code height} and {@code bitrate} of its picture. */
    public Variant variant() {
        return new Variant(name, message.number("width"), message.number("height"), message.number("bitrate"));
    }

    /**
     * Where a film that plays for this client alone is to start, in µs: {@code start} within {@code custom}, in
     * seconds; 0 when it does not say, negative when that is no such time.
     */
    public long startUs() {
        return message.custom()
                .map(custom -> custom.seconds("start"))
                .map(seconds -> (long) (seconds * 1e6))
                .orElse(0L);
    }
}
