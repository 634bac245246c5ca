package org.reelcast.media;

/**
 * AAC sound.
 *
 * @param config     an AudioSpecificConfig (ISO/IEC 14496-3 section 1.6.2.1)
 * @param sampleRate of the core coder in Hz: HE-AAC gives out twice as much
 * @param channels   coded channels: parametric stereo gives out two of one
 * @param timescale  units a second in which the track's times are whole numbers
 * @param language   as ISO 639-2/T spells it
 */
public record AacFormat(DecoderConfig config, int sampleRate, int channels, int timescale, String language)
        implements Format {

    @Override
    public Codec codec() {
        return Codec.AAC;
    }
}
