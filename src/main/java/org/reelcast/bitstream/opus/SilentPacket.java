package org.reelcast.bitstream.opus;

import org.reelcast.media.Slice;

/**
 * Opus packets without sound: CELT frames whose first bit says that they are silent, in mono, which decoders take among
 * packets of any other kind (RFC 6716 sections 3.1 and 4.3).
 */
public final class SilentPacket {
    /** How long a frame sounds, in µs: what every receiver takes. */
    public static final long FRAME_US = 20_000;

    /** Configuration 31, one frame. */
    private static final Slice ONE = Slice.of(new byte[] {(byte) 0xf8, (byte) 0xff, (byte) 0xfe});
    /** The same, two frames of one length. */
    private static final Slice TWO =
            Slice.of(new byte[] {(byte) 0xf9, (byte) 0xff, (byte) 0xfe, (byte) 0xff, (byte) 0xfe});

    private SilentPacket() {}

    /** The longest one that sounds for {@code us} or less; the shortest when all are longer. */
    public static Slice within(long us) {
        return us < 2 * FRAME_US ? ONE : TWO;
    }
}
