package org.reelcast.media;

/** A run of bytes inside a shared array that nobody writes to any more. */
public record Slice(byte[] array, int offset, int length) {

    /** The whole of {@code array}. */
    public static Slice of(byte[] array) {
        return new Slice(array, 0, array.length);
    }
}
