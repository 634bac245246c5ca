package org.reelcast.mp4;

/** A page of packed samples, in the heap or in a {@link PageStore}. */
record Page(long[] kept, PageStore.Lease lease, int slot) {

    static Page inHeap(long[] words) {
        return new Page(words, null, 0);
    }

    /** Not to be changed; ends with a word that means nothing. May read it from disk. */
    long[] words() {
        return kept != null ? kept : lease.words(slot);
    }

    long heapBytes() {
        return kept == null ? 0 : 8L * kept.length;
    }
}
