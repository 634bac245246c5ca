package org.reelcast.mp4;

/**
 * AAC, one access unit a sample, without ADTS headers (ISO 14496-14 section 5.6).
 *
 * @param format              {@code mp4a}
 * @param audioSpecificConfig for the decoder (ISO 14496-3 section 1.6.2.1)
 * @param objectType          audio object type: 2 is AAC-LC, 5 HE-AAC, 29 HE-AAC v2, as far as signalled explicitly
 * @param channels            as the config says, else as the entry says
 * @param sampleRate          of the core decoder in Hz; HE-AAC's output may have twice as much
 */
public record AacEntry(String format, byte[] audioSpecificConfig, int objectType, int channels, int sampleRate)
        implements SampleEntry {
}
