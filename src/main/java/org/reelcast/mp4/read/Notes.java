package org.reelcast.mp4.read;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reelcast.loop.AnyThread;

/** Sentences about a film for the log and for users, in the order in which they come up. */
@AnyThread
final class Notes {
    /** A film of which there is more to say is broken throughout. */
    private static final int MOST = 50;

    private final List<String> sentences = new CopyOnWriteArrayList<>();

    /** @return whether it is new */
    synchronized boolean add(String sentence) {
        return sentences.size() < MOST && !sentences.contains(sentence) && sentences.add(sentence);
    }

    List<String> all() {
        return List.copyOf(sentences);
    }
}
