package org.reelcast.codec.ffmpeg;

/** The loading of FFmpeg's libraries and of each codec ahead of use, so that the first viewer does not wait for it. */
public final class FfmpegWarmUp {
    /** AAC-LC, 48 kHz, stereo (ISO 14496-3, 1.6.2.1). */
    private static final byte[] AAC_LC = {0x11, (byte) 0x90};

    private FfmpegWarmUp() {}

    /** Blocks for about half a second. */
    public static void run() throws FfmpegException {
        Ffmpeg.require();
        H264Decoder.open(1).close();
        AacDecoder.open(AAC_LC).close();
        try (Resampler resampler = Resampler.open(2)) {
            resampler.reset();
        }
    }
}
