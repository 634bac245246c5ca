package org.reelcast.output.hls.http;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reelcast.loop.AnyThread;
import org.reelcast.sharing.ClientAddresses;

/**
 * Who is being answered, by address: how many answers one may await, and how much memory those take that are on their way
 * to it. Those of this machine are not counted, as a proxy here has all requests come from it.
 */
@AnyThread
public final class AnswerLimits {
    private final ClientAddresses answers;
    private final long mostBytes;
    /** By owner of addresses, what is on its way there and how often. Guarded by itself. */
    private final Map<ByteBuffer, Map<Media.Held, Integer>> sending = new HashMap<>();

    /**
     * @param mostAnswers of one address at a time
     * @param mostBytes   of memory that they keep from others; one that is larger goes alone
     */
    public AnswerLimits(int mostAnswers, long mostBytes) {
        this.answers = new ClientAddresses(mostAnswers);
        this.mostBytes = mostBytes;
    }

    /** Somebody asks; empty when there are enough of that address. */
    public Optional<Asker> enter(String address) {
        return answers.enter(address) ? Optional.of(new Asker(address)) : Optional.empty();
    }

    /** How many are being answered. */
    public int count() {
        return answers.count();
    }

    private boolean hold(Optional<ByteBuffer> owner, List<Media.Held> memory) {
        if (owner.isPresent()) {
            synchronized (sending) {
                Map<Media.Held, Integer> own = sending.computeIfAbsent(owner.get(), any -> new HashMap<>());
                long before = own.keySet().stream().mapToLong(Media.Held::bytes).sum();
                long more = memory.stream()
                        .filter(one -> !own.containsKey(one))
                        .mapToLong(Media.Held::bytes)
                        .sum();
                if (before > 0 && more > 0 && before + more > mostBytes) {
                    return false;
                }
                memory.forEach(one -> own.merge(one, 1, Integer::sum));
            }
        }
        memory.forEach(Media.Held::hold);
        return true;
    }

    private void release(Optional<ByteBuffer> owner, List<Media.Held> memory) {
        if (owner.isPresent()) {
            synchronized (sending) {
                Map<Media.Held, Integer> own = sending.get(owner.get());
                memory.forEach(one -> own.computeIfPresent(one, (key, times) -> times == 1 ? null : times - 1));
                if (own.isEmpty()) {
                    sending.remove(owner.get());
                }
            }
        }
        memory.forEach(Media.Held::release);
    }

    /** One request and its answer. */
    public final class Asker implements AutoCloseable {
        private final String address;
        /** Guarded by this, as the next one. */
        private List<Media.Held> memory = List.of();

        private boolean closed;

        private Asker(String address) {
            this.address = address;
        }

        /** What goes to it: the answer, or that there is no memory for it now. It is held until {@link #close}. */
        public synchronized HlsAnswer take(HlsAnswer answer) {
            if (closed || answer.memory().isEmpty()) {
                return answer;
            }
            if (!hold(ClientAddresses.owner(address), answer.memory())) {
                return HlsAnswer.refusal(503, "Read first what was asked for before: too much of it is on its way.");
            }
            memory = answer.memory();
            return answer;
        }

        /** The answer is sent, or never will be. Any number of times. */
        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                answers.leave(address);
                if (!memory.isEmpty()) {
                    release(ClientAddresses.owner(address), memory);
                }
            }
        }
    }
}
