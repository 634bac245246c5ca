package org.reelcast.signalling;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.reelcast.loop.AnyThread;

/** The media session ids that clients have in use, each once in the server. */
@AnyThread
final class MediaSessions {
    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    /** @return false when another stream has the id */
    boolean claim(String mediaSessionId) {
        return ids.add(mediaSessionId);
    }

    void free(String mediaSessionId) {
        ids.remove(mediaSessionId);
    }
}
