package org.reelcast.bitstream.opus;

import org.reelcast.media.Slice;

/** What an Opus packet says of itself (RFC 6716 section 3.1). */
public final class OpusPacket {
    /* Microseconds of one frame, by the last bits of the configuration number (RFC 6716, table 2). */
    private static final int[] SILK_US = {10_000, 20_000, 40_000, 60_000};
    private static final int[] HYBRID_US = {10_000, 20_000};
    private static final int[] CELT_US = {2_500, 5_000, 10_000, 20_000};
    private static final int FIRST_HYBRID = 12;
    private static final int FIRST_CELT = 16;

    private OpusPacket() {
    }

    /** How long it sounds, in µs; 0 when it is too short to tell. */
    public static long durationUs(Slice packet) {
        if (packet.length() == 0) {
            return 0;
        }
        int toc = packet.array()[packet.offset()] & 0xff;
        int frames = switch (toc & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> packet.length() < 2 ? 0 : packet.array()[packet.offset() + 1] & 0x3f;
        };
        return (long) frames * frameUs(toc >> 3);
    }

    private static int frameUs(int configuration) {
        if (configuration < FIRST_HYBRID) {
            return SILK_US[configuration & 3];
        }
        return configuration < FIRST_CELT ? HYBRID_US[configuration & 1] : CELT_US[configuration & 3];
    }
}
