package org.reelcast.output.hls;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.stream.Streams;

/** Has streams delivered as soon as they are published, before anybody asks for them. */
final class AutoStart {
    private static final Logger LOG = Logger.getLogger(AutoStart.class.getName());

    private AutoStart() {}

    /** @param start has a stream of that name delivered; does not block */
    static void ofPublished(Streams streams, Function<String, CompletionStage<?>> start) {
        streams.onAdded(stream -> {
            if (stream.source().mediaProvider().isPresent()) {
                start.apply(stream.name()).whenComplete((started, failure) -> {
                    if (failure != null) {
                        LOG.log(Level.WARNING, "{0} is published and not delivered as HLS: {1}", new Object[] {
                            stream.name(), failure.getMessage()
                        });
                    }
                });
            }
        });
    }
}
