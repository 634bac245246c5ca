package org.reelcast.bench.load;

/** A compound under way, word by word. */
final class RtcpBuffer {
    private static final int RECEIVER_REPORT = 201;

    private final byte[] b = new byte[512];
    private int length;

    /** Begins a compound with a receiver report of so many blocks. */
    RtcpBuffer receiverReport(int sender, int blocks) {
        length = 0;
        return word((0x80 | blocks) << 24 | RECEIVER_REPORT << 16 | 1 + 6 * blocks)
                .word(sender);
    }

    RtcpBuffer word(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            b[length++] = (byte) (value >> shift);
        }
        return this;
    }

    byte[] array() {
        return b;
    }

    int length() {
        return length;
    }
}
