package org.reelcast.live.decode;

/** Who takes a stream's decoded sound: {@value #RATE} Hz, {@value #CHANNELS} channels. */
public interface AudioConsumer extends DecodedConsumer {
    int RATE = 48_000;
    int CHANNELS = 2;

    /** The sample that belongs to a moment on the clock of the media loops. */
    static long sampleAt(long timeUs) {
        return Math.floorDiv(timeUs * (RATE / 1000), 1000);
    }

    /**
     * The next samples. Where one call's begin after the other's end, the stream has no sound; where they begin before
     * it, it has jumped.
     *
     * @param samples channels interleaved, from the start of the array; the decoder's, to be copied by who keeps them
     * @param count   a channel
     * @param at      which sample of the clock is the first, see {@link #sampleAt}
     */
    void onSound(float[] samples, int count, long at);
}
