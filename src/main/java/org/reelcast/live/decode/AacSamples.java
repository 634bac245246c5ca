package org.reelcast.live.decode;

import java.io.IOException;
import org.reelcast.codec.ffmpeg.AacDecoder;
import org.reelcast.codec.ffmpeg.Resampler;
import org.reelcast.media.Slice;

/** AAC frames in, samples as {@link AudioConsumer} takes them out, whatever their rate and channels. */
final class AacSamples implements AutoCloseable {
    private final AacDecoder decoder;
    private final Resampler resampler;
    /** Grows to the most that a frame gives. */
    private float[] samples = new float[0];
    /** Hz; 0 before the first frame. */
    private int rate;

    private long samplesIn;
    private long samplesOut;

    private AacSamples(AacDecoder decoder, Resampler resampler) {
        this.decoder = decoder;
        this.resampler = resampler;
    }

    /** @param audioSpecificConfig ISO/IEC 14496-3 section 1.6.2.1 */
    static AacSamples open(byte[] audioSpecificConfig) throws IOException {
        AacDecoder decoder = AacDecoder.open(audioSpecificConfig);
        boolean done = false;
        try {
            AacSamples opened = new AacSamples(decoder, Resampler.open(AudioConsumer.CHANNELS));
            done = true;
            return opened;
        } finally {
            if (!done) {
                decoder.close();
            }
        }
    }

    /** Samples of earlier frames that come out with the next one. */
    int heldBack() {
        return rate == 0 ? 0 : (int) (samplesIn * AudioConsumer.RATE / rate - samplesOut);
    }

    /** Decodes a frame. @return how many {@link #samples} there are; negative when the frame is broken */
    int decode(Slice coded) throws IOException {
        int code = decoder.decode(coded.array(), coded.offset(), coded.length());
        if (code <= 0) {
            return code;
        }
        if (rate != decoder.sampleRate()) {
            restart();
        }
        int count = resampler.convert(decoder);
        if (count < 0) {
            // other channels than before; the filter's last samples, under 1 ms, are given up
            restart();
            count = resampler.convert(decoder);
        }
        samplesIn += decoder.samples();
        samplesOut += count;
        if (samples.length < count * AudioConsumer.CHANNELS) {
            samples = new float[count * AudioConsumer.CHANNELS];
        }
        resampler.copy(samples, count);
        return count;
    }

    private void restart() {
        resampler.reset();
        rate = decoder.sampleRate();
        samplesIn = 0;
        samplesOut = 0;
    }

    /** What came out last, channels interleaved, until the next {@link #decode}. */
    float[] samples() {
        return samples;
    }

    @Override
    public void close() {
        resampler.close();
        decoder.close();
    }
}
