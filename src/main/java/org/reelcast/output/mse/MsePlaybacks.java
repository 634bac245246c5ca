package org.reelcast.output.mse;

import org.reelcast.loop.Admission;
import org.reelcast.stream.Streams;

/** What all who play by MSE share. */
record MsePlaybacks(Streams streams, MseFeeds feeds, Admission admission) {
}
