package org.reelcast.bench.run;

/** Numbers as people read them. */
public final class Figures {
    private Figures() {
    }

    /** To three significant digits; null when it is none. */
    public static Double round(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return null;
        }
        if (value == 0) {
            return 0.0;
        }
        double scale = Math.pow(10, 2 - Math.floor(Math.log10(Math.abs(value))));
        return scale >= 1 ? Math.round(value * scale) / scale : (double) Math.round(value);
    }
}
