package org.reelcast.bitstream.aac;

/**
 * The head of an AAC track's configuration (ISO 14496-3, 1.6.2.1): as much of it as decides how to treat the track.
 *
 * @param objectType   audio object type: 2 AAC-LC, 5 SBR (HE-AAC), 29 parametric stereo (HE-AAC v2), ...
 * @param sampleRate   of the core coder, samples a second; 0 when the index is not a known one
 * @param channels     channelConfiguration: 0 = said elsewhere, 7 = eight channels
 */
public record AudioSpecificConfig(byte[] bytes, int objectType, int sampleRate, int channels) {
    private static final int LC = 2;
    private static final int SBR = 5;
    private static final int PS = 29;
    private static final int[] RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350};
    /** Up to this rate an AAC-LC track may turn out to be HE-AAC that does not say so up front. */
    private static final int MAX_IMPLICIT_CORE_RATE = 24_000;

    /** Reads what is there; bits past the end are zero. */
    public static AudioSpecificConfig parse(byte[] bytes) {
        int bit = 0;
        int type = bits(bytes, bit, 5);
        bit += 5;
        if (type == 31) {
            type = 32 + bits(bytes, bit, 6);
            bit += 6;
        }
        int index = bits(bytes, bit, 4);
        bit += 4;
        int rate = index < RATES.length ? RATES[index] : 0;
        if (index == 15) {
            rate = bits(bytes, bit, 24);
            bit += 24;
        }
        return new AudioSpecificConfig(bytes, type, rate, bits(bytes, bit, 4));
    }

    private static int bits(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int bit = i / 8 < bytes.length ? bytes[i / 8] >> 7 - i % 8 & 1 : 0;
            value = value << 1 | bit;
        }
        return value;
    }

    /** Whether spectral band replication is in use or may turn out to be: it takes longer to settle after a jump. */
    public boolean mayBeHe() {
        return objectType == SBR || objectType == PS
                || objectType == LC && sampleRate <= MAX_IMPLICIT_CORE_RATE;
    }

    /** Whether a single coded channel may turn out as stereo (parametric stereo), so that only decoding tells. */
    public boolean mayBeParametricStereo() {
        return channels == 1 && objectType != PS && mayBeHe();
    }

    /** Channels of what comes out, 1 or 2, without looking at the frames. */
    public int outputChannels() {
        return channels == 1 && objectType != PS ? 1 : 2;
    }
}
