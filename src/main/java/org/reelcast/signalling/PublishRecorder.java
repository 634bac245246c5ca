package org.reelcast.signalling;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.reelcast.loop.AnyThread;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Stream;

/** Records what clients publish, when they ask for it; the CDI bean of this type is asked. */
public interface PublishRecorder {

    /** A recording in progress. */
    interface Recording {

        /** Completes when the file is finished, or there is nothing to finish; never exceptionally. */
        @AnyThread
        CompletionStage<End> finished();
    }

    /**
     * How a recording came out.
     *
     * @param fileName of the finished file; empty when there is none
     * @param failure  why it ended before it was stopped; empty when all went well
     */
    record End(Optional<String> fileName, Optional<StatusText> failure) {}

    /**
     * Starts to record.
     *
     * @return empty when nothing that is published is recorded here
     * @throws Refusal when it cannot be recorded now
     */
    Optional<Recording> record(Stream stream, Client client) throws Refusal;
}
