package org.reelcast.media;

/**
 * Opus sound, mono or stereo.
 *
 * @param channels 1 or 2
 * @param preSkip  samples at 48 kHz that the decoder gives out at first and nobody is to hear (RFC 7845 section 4.2);
 *                 the frames' times have been moved by it
 * @param language as ISO 639-2/T spells it
 * @param bitrate  bits a second that it is encoded with here; 0 when that is not known, as of what came as Opus
 */
public record OpusFormat(int channels, int preSkip, String language, int bitrate) implements Format {

    /** Of a bitrate that is not known. */
    public OpusFormat(int channels, int preSkip, String language) {
        this(channels, preSkip, language, 0);
    }

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
