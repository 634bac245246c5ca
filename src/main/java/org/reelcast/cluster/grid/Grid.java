package org.reelcast.cluster.grid;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.reelcast.loop.Blocking;

/**
 * What nodes share: a few texts by name, who is there, and questions to one another. Texts are JSON, so that no class of
 * ours is on the wire. What blocks does so for some seconds at most, and is for no media loop.
 */
public interface Grid extends Closeable {

    /** Is told what happens, one thing after the other, never by the grid's own threads. */
    interface Listener {

        /** A text came, changed, or went; from {@code old} to {@code now}, as far as this node has seen it. */
        void onChange(String key, Optional<String> old, Optional<String> now);

        /** Nodes came or went; what they had is all there still, or has to be brought again. */
        void onNodes();

        /** Another node asks; by several threads. */
        String answer(String question);
    }

    /** The nodes that are there, the eldest first; this one among them. Does not block. */
    List<Node> nodes();

    /** Has what this node knows compared with what is shared, as an event may be lost on its way. Does not block. */
    void refresh();

    /** The text as it is. */
    @Blocking
    Optional<String> read(String key) throws GridException;

    /** Sets it where there is none. @return the one that is there already; empty when it was set */
    @Blocking
    Optional<String> putIfAbsent(String key, String text) throws GridException;

    /** Changes it when it is still {@code old}. @return whether it was */
    @Blocking
    boolean replace(String key, String old, String text) throws GridException;

    /** Removes it when it is still {@code old}. @return whether it was */
    @Blocking
    boolean remove(String key, String old) throws GridException;

    /** Has another node's {@link Listener#answer}; fails when it does not come within a second. Does not block. */
    CompletionStage<String> ask(String node, String question);

    /** Leaves the others, which have all that this node had. Blocks for some seconds at most. */
    @Override
    void close();
}
