package org.reelcast.rendition.reencode;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.reelcast.storage.SourceId;

/** Other servers that re-encode the same films: each segment is made by one of them, and the others have it of that one. */
public interface SegmentPeers {
    /** There is nobody else. */
    SegmentPeers NONE = (film, how, startUs) -> Optional.empty();

    /** Another server, which makes a segment. */
    interface Peer {

        /**
         * The segment as it lies on disk; fails soon when it cannot be had in time. Does not block.
         *
         * @param made whether it is wanted only when it is there already; otherwise it is made
         */
        CompletionStage<byte[]> fetch(boolean made);
    }

    /**
     * Who makes that segment; empty when it is this server. Does not block.
     *
     * @param how what is made of the film, the same text on all servers
     */
    Optional<Peer> maker(SourceId film, String how, long startUs);
}
