package org.reelcast.mp4.index;

/** A page of packed samples, in the heap or in a {@link PageStore}. */
public interface Page {

    /** Not to be changed; ends with a word that means nothing. May read it from disk. */
    long[] words();

    /** Bytes of heap that the page takes. */
    long heapBytes();

    static Page inHeap(long[] words) {
        return new InHeap(words);
    }

    /** A page that stays in the heap. */
    record InHeap(long[] words) implements Page {
        @Override
        public long heapBytes() {
            return 8L * words.length;
        }
    }
}
