package org.reelcast.output.hls.http;

import java.util.concurrent.CompletionStage;

/** A stream or a film that is delivered by requests. Any thread; does not block. */
public interface Deliverable {

    /** The answer, once there is one; fails when it cannot be made. */
    CompletionStage<HlsAnswer> get(HlsRequest request);
}
