package org.reelcast.stream;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The streams that viewers can join, by name. Personal VOD streams are not in it: nobody can join them. */
public final class StreamRegistry {
    private final Map<String, Stream> byName = new ConcurrentHashMap<>();

    /** @return false when the name is taken */
    public boolean add(Stream stream) {
        return byName.putIfAbsent(stream.name(), stream) == null;
    }

    public void remove(Stream stream) {
        byName.remove(stream.name(), stream);
    }

    public Optional<Stream> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Optional<Stream> findByMediaSession(String mediaSessionId) {
        return byName.values().stream().filter(stream -> stream.mediaSessionId().equals(mediaSessionId)).findFirst();
    }
}
