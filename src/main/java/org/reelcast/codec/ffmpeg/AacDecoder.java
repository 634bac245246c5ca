package org.reelcast.codec.ffmpeg;

/**
 * AAC frames in, sound out: AAC-LC, HE-AAC v1 and v2 (signalled explicitly or only in the frames), and whatever else
 * FFmpeg's decoder takes. One frame in, at most one out.
 */
public final class AacDecoder extends AudioDecoder {
    /** Longest configuration that is looked at; real ones have 2 to 100 bytes. */
    private static final int MAX_CONFIG_BYTES = 1024;

    private AacDecoder(byte[] audioSpecificConfig) throws FfmpegException {
        super(
                "aac",
                context -> setExtradata(context, audioSpecificConfig),
                "The AAC decoder does not take the track's configuration");
    }

    /** @param audioSpecificConfig ISO 14496-3, 1.6.2.1 */
    public static AacDecoder open(byte[] audioSpecificConfig) throws FfmpegException {
        if (audioSpecificConfig.length > MAX_CONFIG_BYTES) {
            throw new FfmpegException("An AAC configuration of " + audioSpecificConfig.length + " bytes is not one");
        }
        return new AacDecoder(audioSpecificConfig);
    }
}
