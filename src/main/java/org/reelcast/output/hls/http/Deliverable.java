package org.reelcast.output.hls.http;

import java.util.concurrent.CompletionStage;
import org.reelcast.loop.AnyThread;

/** A stream or a film that is delivered by requests. */
@AnyThread
public interface Deliverable {

    /** The answer, once there is one; fails when it cannot be made. */
    CompletionStage<HlsAnswer> get(HlsRequest request);
}
