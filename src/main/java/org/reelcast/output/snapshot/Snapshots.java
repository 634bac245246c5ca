package org.reelcast.output.snapshot;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.reelcast.loop.AnyThread;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Stream;
import org.reelcast.stream.Streams;
import org.reelcast.stream.TrackChoice;

/**
 * Takes pictures of running streams. The decoded picture of a stream is shared by all who ask for it in any size, and
 * each image of it by all who ask for the same.
 */
@AnyThread
final class Snapshots {
    private static final long KEPT_PICTURES_BYTES = 64 << 20;
    private static final long KEPT_IMAGES_BYTES = 32 << 20;

    private final Streams streams;
    private final ImageTasks tasks;
    private final long limitUs;
    private final Supplier<Optional<String>> saturation;
    private final RecentResults<Stream, ShownPicture> pictures =
            new RecentResults<>(shown -> shown.picture().size(), KEPT_PICTURES_BYTES);
    private final RecentResults<Wanted, Image> images =
            new RecentResults<>(image -> image.bytes().length, KEPT_IMAGES_BYTES);

    private record Wanted(ShownPicture picture, ImageSize size, ImageFormat format) {}

    /**
     * @param limitUs    how long to wait for a stream's picture
     * @param saturation why the machine has no time for snapshots; empty when it has
     */
    Snapshots(Streams streams, ImageTasks tasks, long limitUs, Supplier<Optional<String>> saturation) {
        this.streams = streams;
        this.tasks = tasks;
        this.limitUs = limitUs;
        this.saturation = saturation;
    }

    /**
     * An image of what a stream shows now, at most a second old. Does not block; fails with a {@link Refusal}, wrapped
     * or not: see {@link #cause}.
     *
     * @param name     of the stream, or its URI; none is started, but one of another server is brought here
     * @param maxWidth in pixels; the picture's own when empty
     * @param asker    address of whoever asks
     */
    CompletableFuture<Image> take(String name, OptionalInt maxWidth, ImageFormat format, String asker) {
        try {
            return take(streams.joinable(name), maxWidth, format);
        } catch (Refusal e) {
            return e.status() == StatusText.STREAM_NOT_FOUND && streams.isOnSeveral(name)
                    ? takeOfAnotherServer(name, maxWidth, format, asker)
                    : CompletableFuture.failedFuture(e);
        }
    }

    /** The same of a stream that is brought here for it. */
    private CompletableFuture<Image> takeOfAnotherServer(
            String name, OptionalInt maxWidth, ImageFormat format, String asker) {
        try {
            return CompletableFuture.supplyAsync(() -> open(name), streams.opener(name, asker))
                    .thenCompose(hold ->
                            take(hold.stream(), maxWidth, format).whenComplete((image, failure) -> hold.close()));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new Refusal(StatusText.SERVER_IS_OVERLOADED, "Too many wait for streams of other nodes"));
        }
    }

    private Hold open(String name) {
        try {
            return streams.open(name, PresentFrames.HOLDER);
        } catch (Refusal e) {
            throw new CompletionException(e);
        }
    }

    private CompletableFuture<Image> take(Stream stream, OptionalInt maxWidth, ImageFormat format) {
        if (TrackChoice.PICTURE.of(stream.tracks()).isEmpty()) {
            return CompletableFuture.failedFuture(new Refusal(
                    StatusText.STREAM_HAS_NO_PICTURE, "The stream '" + stream.name() + "' has sound alone"));
        }
        return pictures.get(stream, stream.loop(), () -> picture(stream)).thenCompose(shown -> {
            ImageSize size = shown.size().within(maxWidth);
            return images.get(new Wanted(shown, size, format), stream.loop(), () -> image(shown, size, format));
        });
    }

    /** What made {@link #take} fail. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private CompletableFuture<ShownPicture> picture(Stream stream) {
        Optional<String> busy = saturation.get();
        return busy.isPresent()
                ? CompletableFuture.failedFuture(new Refusal(StatusText.SERVER_IS_OVERLOADED, busy.get()))
                : tasks.place(() -> PresentFrames.of(stream, limitUs)
                        .thenCompose(group -> tasks.run(() -> GroupDecoder.decode(group, stream.name()))));
    }

    private CompletableFuture<Image> image(ShownPicture shown, ImageSize size, ImageFormat format) {
        return tasks.place(() -> tasks.run(() -> Image.of(
                format.encoder().encode(shown.picture(), size.width(), size.height(), shown.rotation()), format)));
    }
}
