package org.reelcast.output.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Logger;
import org.reelcast.loop.BoundedExecutor;

/** Makes plain films of recordings that have ended, two at a time, and tells the hook. */
final class Finishing {
    private static final Logger LOG = Logger.getLogger(Finishing.class.getName());
    private static final int PARALLEL = 2;

    private final RecordFolder folder;
    private final Executor executor;
    private final RecordHook hook;

    Finishing(RecordFolder folder, Executor executor, RecordHook hook) {
        this.folder = folder;
        this.executor = new BoundedExecutor(executor, PARALLEL);
        this.hook = hook;
    }

    /**
     * @param streamName for the hook
     * @return the film; empty when there was nothing in the file; fails with a sentence
     */
    CompletableFuture<Optional<Path>> finish(Path unfinished, String streamName) {
        try {
            return CompletableFuture.supplyAsync(() -> finishNow(unfinished, streamName), executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new CompletionException(new IOException(unfinished + " is finished when the server starts again")));
        }
    }

    private Optional<Path> finishNow(Path unfinished, String streamName) {
        try {
            Optional<Path> film = folder.finish(unfinished);
            film.ifPresentOrElse(
                    file -> {
                        LOG.info(() -> "Recorded " + streamName + " in " + file);
                        hook.run(streamName, file);
                    },
                    () -> LOG.info(() -> "Nothing of " + streamName + " was recorded"));
            return film;
        } catch (IOException e) {
            String sentence = unfinished + " could not be finished, the next start tries again: " + e.getMessage();
            LOG.warning(sentence);
            throw new UncheckedIOException(sentence, e);
        }
    }
}
