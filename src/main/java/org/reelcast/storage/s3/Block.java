package org.reelcast.storage.s3;

import java.nio.ByteBuffer;

/** A piece of an object that is being fetched. Guarded by its object. */
final class Block {
    /** All blocks but an object's last are so long. */
    static final int BYTES = 256 * 1024;

    final int index;
    final Fetch fetch;
    private final int length;
    private byte[] data;
    private int filled;
    private S3Failure failure;

    Block(int index, int length, Fetch fetch) {
        this.index = index;
        this.length = length;
        this.fetch = fetch;
    }

    /** Takes what belongs here from {@code bytes}. */
    void fill(int at, ByteBuffer bytes) {
        int n = Math.min(bytes.remaining(), length - at);
        if (at == filled) {
            if (data == null) {
                data = new byte[length];
            }
            bytes.get(data, at, n);
            filled += n;
        } else {
            bytes.position(bytes.position() + n);
        }
    }

    int filled() {
        return filled;
    }

    boolean isWhole() {
        return filled == length;
    }

    byte[] data() {
        return data;
    }

    void fail(S3Failure why) {
        failure = why;
    }

    S3Failure failure() {
        return failure;
    }
}
