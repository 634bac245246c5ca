package org.reelcast.loop;

import java.util.Arrays;

/**
 * The deadlines of one loop, the earliest first: a binary heap whose members know their place, so that moving one costs
 * O(log n) and allocates nothing. One thread.
 */
final class DeadlineQueue {
    private Deadline[] heap = new Deadline[64];
    private int size;

    /** Arms, moves or, with {@link Deadline#NEVER}, disarms. */
    void set(Deadline deadline, long timeUs) {
        if (timeUs == Deadline.NEVER) {
            remove(deadline);
            return;
        }
        long before = deadline.timeUs;
        deadline.timeUs = timeUs;
        if (deadline.place < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            put(size++, deadline);
            up(deadline.place);
        } else if (timeUs < before) {
            up(deadline.place);
        } else if (timeUs > before) {
            down(deadline.place);
        }
    }

    void remove(Deadline deadline) {
        int place = deadline.place;
        deadline.timeUs = Deadline.NEVER;
        if (place < 0) {
            return;
        }
        deadline.place = -1;
        Deadline last = heap[--size];
        heap[size] = null;
        if (last != deadline) {
            put(place, last);
            up(place);
            down(last.place);
        }
    }

    /** Takes out the earliest if it is due, else null. */
    Deadline pollDue(long nowUs) {
        if (size == 0 || heap[0].timeUs > nowUs) {
            return null;
        }
        Deadline first = heap[0];
        remove(first);
        return first;
    }

    /** The earliest time, {@link Deadline#NEVER} when there is none. */
    long nextUs() {
        return size == 0 ? Deadline.NEVER : heap[0].timeUs;
    }

    int size() {
        return size;
    }

    private void up(int place) {
        Deadline moving = heap[place];
        int at = place;
        while (at > 0 && heap[(at - 1) / 2].timeUs > moving.timeUs) {
            put(at, heap[(at - 1) / 2]);
            at = (at - 1) / 2;
        }
        put(at, moving);
    }

    private void down(int place) {
        Deadline moving = heap[place];
        int at = place;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && heap[child + 1].timeUs < heap[child].timeUs) {
                child++;
            }
            if (heap[child].timeUs >= moving.timeUs) {
                break;
            }
            put(at, heap[child]);
            at = child;
        }
        put(at, moving);
    }

    private void put(int place, Deadline deadline) {
        heap[place] = deadline;
        deadline.place = place;
    }
}
