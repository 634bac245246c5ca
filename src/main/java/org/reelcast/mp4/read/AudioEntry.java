package org.reelcast.mp4.read;

import org.reelcast.media.DecoderConfig;
import org.reelcast.media.SourceCodec;

/**
 * Sound that is decoded here, since no viewer is sent it as it is.
 *
 * @param format   the entry's four-character code
 * @param config   for FFmpeg's decoder, as the codec's file format has it
 * @param channels as the entry says
 * @param rate     in Hz, likewise
 */
public record AudioEntry(String format, SourceCodec codec, DecoderConfig config, int channels, int rate)
        implements SampleEntry {

    /** Bytes of one sample of all channels where sound is not compressed; else 0. */
    int frameBytes() {
        return codec.sampleBytes() * channels;
    }
}
