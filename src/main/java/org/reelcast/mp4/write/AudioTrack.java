package org.reelcast.mp4.write;

/**
 * The AAC track of a film to be written.
 *
 * @param config     AudioSpecificConfig (ISO 14496-3 section 1.6.2.1)
 * @param channels   1 or 2
 * @param sampleRate in Hz, at most 65535; also the units a second of the track's times
 * @param priming    samples that the encoder put before the sound; players leave them out
 * @param bitrate    bits a second, for information
 */
public record AudioTrack(byte[] config, int channels, int sampleRate, int priming, int bitrate) {
    /** Samples in one access unit of AAC-LC. */
    public static final int FRAME = 1024;
}
