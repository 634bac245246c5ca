package org.reelcast.rendition.opus;

/** Measures on samples. */
final class SampleMeasures {

    private SampleMeasures() {}

    /** One channel of interleaved samples. */
    static float[] channel(float[] interleaved, int channels, int channel) {
        float[] one = new float[interleaved.length / channels];
        for (int i = 0; i < one.length; i++) {
            one[i] = interleaved[i * channels + channel];
        }
        return one;
    }

    /** Root mean square of {@code samples[from, to)}. */
    static double level(float[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / Math.max(1, to - from));
    }

    static double decibel(double ratio) {
        return 20 * Math.log10(Math.max(1e-9, ratio));
    }

    /**
     * By how many samples {@code heard} lags behind {@code reference} around {@code [from, to)}: where the two
     * correlate best, within {@code most} samples.
     */
    static int lag(float[] reference, float[] heard, int from, int to, int most) {
        int best = 0;
        double bestSum = -1;
        for (int lag = -most; lag <= most; lag++) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                int j = i + lag;
                sum += i < reference.length && j >= 0 && j < heard.length ? reference[i] * heard[j] : 0;
            }
            if (sum > bestSum) {
                bestSum = sum;
                best = lag;
            }
        }
        return best;
    }

    /** Energy of the difference relative to the energy of the reference in {@code [from, to)}, in dB. */
    static double error(float[] reference, float[] heard, int from, int to) {
        double difference = 0;
        double energy = 0;
        for (int i = from; i < to; i++) {
            double d = reference[i] - heard[i];
            difference += d * d;
            energy += (double) reference[i] * reference[i];
        }
        return 10 * Math.log10(difference / energy + 1e-12);
    }
}
