package org.reelcast.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One measure of the soak over its time: what it says in the end and how it looks. */
final class SoakSeries {
    private static final String BARS = "▁▂▃▄▅▆▇█";

    private final String name;
    private final double slack;
    private final List<Double> values = new ArrayList<>();

    /** @param slack by how much it may breathe, in its own unit, besides a tenth of itself */
    SoakSeries(String name, double slack) {
        this.name = name;
        this.slack = slack;
    }

    void add(double value) {
        values.add(value);
    }

    String name() {
        return name;
    }

    List<Double> values() {
        return values;
    }

    /** Whether the last quarter is no higher than the second; in the first, pools and caches fill. */
    boolean isFlat() {
        return mean(3) <= 1.1 * mean(1) + slack;
    }

    private double mean(int quarter) {
        int size = values.size();
        return values.subList(quarter * size / 4, (quarter + 1) * size / 4).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /** One line: a bar a sample, from 0 to the largest. */
    @Override
    public String toString() {
        StringBuilder bars = new StringBuilder();
        for (double value : values) {
            int level = (int) Math.round(value / Math.max(max(), 1e-9) * (BARS.length() - 1));
            bars.append(BARS.charAt(level));
        }
        return String.format(
                Locale.ROOT,
                "%-14s %7.1f max  %7.1f in the 2nd quarter  %7.1f in the 4th  %s",
                name,
                max(),
                mean(1),
                mean(3),
                bars);
    }
}
