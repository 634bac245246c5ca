package org.reelcast.media;

/**
 * Opus sound, mono or stereo.
 *
 * @param channels 1 or 2
 * @param preSkip  samples at 48 kHz that the decoder gives out at first and nobody is to hear (RFC 7845 section 4.2);
 *                 the frames' times have been moved by it
 * @param language as ISO 639-2/T spells it
 */
public record OpusFormat(int channels, int preSkip, String language) implements Format {

    @Override
    public Codec codec() {
        return Codec.OPUS;
    }

    /** Packets tell the decoder all themselves (RFC 6716 section 3.1). */
    @Override
    public DecoderConfig config() {
        return DecoderConfig.NONE;
    }

    @Override
    public int timescale() {
        return codec().clockRate();
    }
}
