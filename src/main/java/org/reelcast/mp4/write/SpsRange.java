package org.reelcast.mp4.write;

/**
 * What {@code avcC} repeats of a High profile's sequence parameter set (ITU-T H.264, 7.3.2.1.1).
 *
 * @param chroma chroma_format_idc
 */
record SpsRange(int chroma, int lumaDepth, int chromaDepth) {

    static SpsRange of(byte[] sps) {
        Bits bits = new Bits(sps, 4);
        bits.ue();
        int chroma = bits.ue();
        if (chroma == 3) {
            bits.bit();
        }
        int luma = 8 + bits.ue();
        int chromaDepth = 8 + bits.ue();
        boolean sane = chroma <= 3 && luma <= 14 && chromaDepth <= 14;
        return sane ? new SpsRange(chroma, luma, chromaDepth) : new SpsRange(1, 8, 8);
    }

    /** The first few bits; so near the start no emulation prevention occurs in them. */
    private static final class Bits {
        private final byte[] bytes;
        private int bit;

        Bits(byte[] bytes, int from) {
            this.bytes = bytes;
            this.bit = from * 8;
        }

        int bit() {
            int at = bit++;
            return at >> 3 < bytes.length ? bytes[at >> 3] >> 7 - (at & 7) & 1 : 1;
        }

        int ue() {
            int zeros = 0;
            while (zeros < 16 && bit() == 0) {
                zeros++;
            }
            int value = 1;
            for (int i = 0; i < zeros; i++) {
                value = value << 1 | bit();
            }
            return value - 1;
        }
    }
}
