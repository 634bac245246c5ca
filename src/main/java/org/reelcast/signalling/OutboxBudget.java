package org.reelcast.signalling;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.reelcast.loop.AnyThread;

/** How much all outboxes may hold together: beyond it the fullest one is closed, as its client does not read. */
@AnyThread
final class OutboxBudget {
    private static final int HEAP_SHARE = 8;

    /** What a client has not read yet. */
    interface Unread {

        /** Characters, and bytes. */
        long held();

        /** The client is disconnected, as it does not read. */
        void closeUnread();
    }

    private final long most;
    private final AtomicLong held = new AtomicLong();
    private final Set<Unread> outboxes = ConcurrentHashMap.newKeySet();

    /** @param most characters, and bytes */
    OutboxBudget(long most) {
        this.most = most;
    }

    /** An eighth of the heap. */
    static OutboxBudget ofTheHeap() {
        return new OutboxBudget(Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    void enter(Unread outbox) {
        outboxes.add(outbox);
    }

    void leave(Unread outbox) {
        outboxes.remove(outbox);
    }

    /** An outbox holds so much more, or less. */
    void add(long size) {
        held.addAndGet(size);
    }

    /** Closes outboxes as long as there is too much; to be called by who holds no lock. */
    void enforce() {
        while (held.get() > most) {
            Optional<Unread> fullest = outboxes.stream()
                    .max(Comparator.comparingLong(Unread::held))
                    .filter(outbox -> outbox.held() > 0);
            if (fullest.isEmpty()) {
                return;
            }
            fullest.get().closeUnread();
        }
    }
}
