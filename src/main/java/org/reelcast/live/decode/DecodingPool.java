package org.reelcast.live.decode;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.reelcast.loop.AnyThread;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;
import org.reelcast.stream.TrackChoice;

/**
 * The streams of which one kind of track is decoded, each once for all who take it.
 *
 * @param <T> who takes what comes out
 */
@AnyThread
final class DecodingPool<T extends DecodedConsumer> {
    private final Holder holder;
    private final Maker<T> maker;
    private final Executor executor;
    /** Guarded by this. */
    private final Map<Stream, Decoding<T>> running = new HashMap<>();

    /** Makes what decodes. */
    interface Maker<T extends DecodedConsumer> {
        Decoding<T> make(Hold hold, Executor executor, Consumer<Decoding<T>> onEnd);
    }

    DecodingPool(TrackChoice choice, Maker<T> maker, Executor executor) {
        this.holder = Holder.output("decoder", choice);
        this.maker = maker;
        this.executor = executor;
    }

    Optional<Decoded> join(Stream stream, T taker) throws Refusal {
        if (holder.choice().of(stream.tracks()).isEmpty()) {
            return Optional.empty();
        }
        Decoding<T> decoding;
        synchronized (this) {
            decoding = running.get(stream);
            if (decoding != null) {
                decoding.add(taker);
            } else {
                Hold hold = stream.hold(holder)
                        .orElseThrow(() -> new Refusal(StatusText.STREAM_NOT_FOUND, stream.name() + " has ended"));
                decoding = maker.make(hold, executor, this::ended);
                decoding.add(taker);
                running.put(stream, decoding);
                decoding.start();
            }
        }
        return Optional.of(new Part(decoding, taker));
    }

    private synchronized void ended(Decoding<T> decoding) {
        running.remove(decoding.stream(), decoding);
    }

    private void leave(Decoding<T> decoding, T taker) {
        synchronized (this) {
            if (decoding.remove(taker) || !running.remove(decoding.stream(), decoding)) {
                return;
            }
        }
        decoding.stop();
    }

    synchronized int size() {
        return running.size();
    }

    /** Somebody's part in a stream being decoded. */
    private final class Part implements Decoded {
        private final Decoding<T> decoding;
        private final T taker;

        Part(Decoding<T> decoding, T taker) {
            this.decoding = decoding;
            this.taker = taker;
        }

        @Override
        public DecodingCounters counters() {
            return decoding.counters();
        }

        @Override
        public void close() {
            leave(decoding, taker);
        }
    }
}
