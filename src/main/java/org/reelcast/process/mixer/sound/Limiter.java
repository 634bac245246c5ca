package org.reelcast.process.mixer.sound;

/**
 * Keeps sums of sounds within full scale: as soon as samples would be beyond it, all are made quieter, and after that
 * slowly as loud as before. What is within is not changed. For one thread at a time.
 */
public final class Limiter {
    private static final int CHANNELS = AudioRing.CHANNELS;
    /** The gain goes down within so many samples: 1 ms, too short to be heard as such. */
    private static final int ATTACK = 48;
    /** And up by a factor of ten in 2.5 s. */
    private static final double RELEASE_A_SAMPLE = Math.pow(10, 1 / (2.5 * 48_000));
    /** Full scale; what an encoder makes of it may be a little more. */
    private static final float CEILING = 0.98f;

    private double gain = 1;

    /**
     * Changes samples in place.
     *
     * @param samples interleaved, from the array's start
     * @param count   a channel
     */
    public void limit(float[] samples, int count) {
        double wanted = Math.min(1, CEILING / Math.max(CEILING, peak(samples, count)));
        if (wanted >= 1 && gain >= 1) {
            return;
        }
        double fall = wanted < gain ? (gain - wanted) / ATTACK : 0;
        for (int i = 0; i < count; i++) {
            gain = wanted < gain ? Math.max(wanted, gain - fall) : Math.min(wanted, gain * RELEASE_A_SAMPLE);
            for (int channel = 0; channel < CHANNELS; channel++) {
                int at = i * CHANNELS + channel;
                samples[at] = (float) Math.max(-1, Math.min(1, samples[at] * gain));
            }
        }
    }

    private static float peak(float[] samples, int count) {
        float peak = 0;
        for (int i = 0; i < count * CHANNELS; i++) {
            peak = Math.max(peak, Math.abs(samples[i]));
        }
        return peak;
    }

    /** What samples are multiplied by now. */
    double gain() {
        return gain;
    }
}
