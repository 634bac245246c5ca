package org.reelcast.source.publish;

import org.reelcast.loop.OnLoop;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;

/** What somebody who publishes a stream learns. */
@OnLoop
public interface PublishListener {

    /** IP address of the publisher. */
    String client();

    /** The transport stands; media may come. */
    void onPublishing(Stream stream);

    /** The last call, once: {@code UNPUBLISHED} or {@code FAILED}; the stream's viewers have been told. */
    void onEnd(StreamEnd end);
}
