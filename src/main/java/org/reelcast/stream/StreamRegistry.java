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

    /** Frees the stream's name; does nothing when another stream has it. */
    public void remove(Stream stream) {
        byName.remove(stream.name(), stream);
    }

    /** The stream that viewers play by this name. */
    public Optional<Stream> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The stream of that media session, which is what REST's recording calls go by. */
    public Optional<Stream> findByMediaSession(String mediaSessionId) {
        return byName.values().stream().filter(stream -> stream.mediaSessionId().equals(mediaSessionId)).findFirst();
    }
}
