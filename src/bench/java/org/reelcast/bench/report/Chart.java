package org.reelcast.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A line chart in SVG. Both axes start at zero; what is no number is left out. */
final class Chart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 300;
    private static final int LEFT = 60;
    private static final int RIGHT = 20;
    private static final int TOP = 50;
    private static final int BOTTOM = 45;
    private static final List<String> COLOURS = List.of("#1f5fa8", "#c0504d", "#6a9a3a", "#7d5fa8");

    private final String title;
    private final String across;
    private final List<Double> x;
    private final Map<String, List<Double>> series = new LinkedHashMap<>();

    /** @param across what the horizontal axis counts */
    Chart(String title, String across, List<Double> x) {
        this.title = title;
        this.across = across;
        this.x = x;
    }

    Chart line(String name, List<Double> y) {
        series.put(name, y);
        return this;
    }

    void write(Path file) throws IOException {
        double maxX = x.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        double maxY = nice(series.values().stream()
                .flatMap(List::stream)
                .filter(v -> !v.isNaN())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1));
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                        + "<text x=\"%d\" y=\"20\" font-size=\"14\">%s</text>%n",
                WIDTH,
                HEIGHT,
                LEFT,
                title));
        for (int i = 0; i <= 4; i++) {
            double y = y(maxY * i / 4, maxY);
            svg.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT,
                    y,
                    WIDTH - RIGHT,
                    LEFT - 8,
                    y + 4,
                    number(maxY * i / 4)));
        }
        for (double value : x) {
            if (x(value, maxX) - x(0, maxX) > 14 || value == 0) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                        x(value, maxX),
                        HEIGHT - BOTTOM + 18,
                        number(value)));
            }
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - 8,
                across));
        int number = 0;
        for (Map.Entry<String, List<Double>> line : series.entrySet()) {
            draw(svg, line.getKey(), line.getValue(), number++, maxX, maxY);
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, svg.append("</svg>\n"));
    }

    private void draw(StringBuilder svg, String name, List<Double> y, int number, double maxX, double maxY) {
        String colour = COLOURS.get(number % COLOURS.size());
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < x.size(); i++) {
            if (!y.get(i).isNaN()) {
                path.append(String.format(
                        Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(x.get(i), maxX), y(y.get(i), maxY)));
                svg.append(String.format(
                        Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n",
                        x(x.get(i), maxX),
                        y(y.get(i), maxY),
                        colour));
            }
        }
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n"
                        + "<text x=\"%d\" y=\"38\" fill=\"%s\">%s</text>%n",
                path,
                colour,
                LEFT + number * 190,
                colour,
                name));
    }

    private static double x(double value, double max) {
        return LEFT + value / max * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double value, double max) {
        return HEIGHT - BOTTOM - value / max * (HEIGHT - TOP - BOTTOM);
    }

    private static double nice(double max) {
        double step = Math.pow(10, Math.floor(Math.log10(Math.max(max, 1e-9))));
        for (double factor : new double[] {1, 2, 4, 8, 10}) {
            if (factor * step >= max) {
                return factor * step;
            }
        }
        return max;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
