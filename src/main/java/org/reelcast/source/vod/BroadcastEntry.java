package org.reelcast.source.vod;

import java.util.concurrent.atomic.AtomicInteger;
import org.reelcast.stream.StreamEnd;

/** A broadcast that runs here, among those of all nodes: what {@link SharedBroadcasts} knows of it. */
final class BroadcastEntry {
    final VodStream vod;
    /** How often it is to be brought in line with what is shared. */
    final AtomicInteger asked = new AtomicInteger();
    /** By which all know it: not the stream's own when nodes could not see each other as it was started. */
    volatile String mediaSessionId;

    /** Who has a part in it here. */
    volatile SharedBroadcast.Part part = SharedBroadcast.Part.NONE;
    /** Null as long as it runs here. */
    volatile StreamEnd end;

    /** Whether it ended since it could not go on here. */
    volatile boolean broke;
    /** It is let go of here, and goes on elsewhere. */
    volatile boolean dropped;
    /** Since when nobody watches on any node; 0 when somebody does. */
    long unviewedMs;

    BroadcastEntry(VodStream vod) {
        this.vod = vod;
        mediaSessionId = vod.stream().mediaSessionId();
    }

    SharedBroadcast.Here here() {
        StreamEnd ended = end;
        return new SharedBroadcast.Here(
                vod.stream().name(),
                mediaSessionId,
                vod.uri().text(),
                vod.timeline().orElse(null),
                part,
                ended == null ? null : ended.reason(),
                broke);
    }
}
