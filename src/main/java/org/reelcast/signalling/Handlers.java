package org.reelcast.signalling;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who answers which message, of those that features bring. */
final class Handlers {
    /** What clients mean that name none. */
    private static final String DEFAULT_PROVIDER = "WebRTC";

    /** By message, then by media provider. */
    private final Map<String, Map<String, StreamHandler>> streams = new HashMap<>();

    private final Map<String, MessageHandler> messages = new HashMap<>();

    Handlers(Iterable<StreamHandler> streamHandlers, Iterable<MessageHandler> messageHandlers) {
        streamHandlers.forEach(handler -> handler.mediaProviders()
                .forEach(provider -> streams.computeIfAbsent(handler.message(), name -> new HashMap<>())
                        .put(provider, handler)));
        messageHandlers.forEach(handler -> handler.messages().forEach(name -> messages.put(name, handler)));
    }

    /** Whether the message asks for a stream. */
    boolean asksForStream(Message message) {
        return streams.containsKey(message.name());
    }

    /** Who serves a message that asks for a stream; empty when its media provider is not supported. */
    Optional<StreamHandler> stream(Message message) {
        String provider = message.string("mediaProvider");
        return Optional.ofNullable(streams.get(message.name()).get(provider.isEmpty() ? DEFAULT_PROVIDER : provider));
    }

    /** Who answers another message. */
    Optional<MessageHandler> other(Message message) {
        return Optional.ofNullable(messages.get(message.name()));
    }
}
