package org.reelcast.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Draws the soak's measures one above the other, each from 0 to its largest value. */
final class SoakChart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 80;
    private static final int GAP = 28;

    private SoakChart() {}

    static void write(Path file, List<SoakSeries> all) throws IOException {
        int height = all.size() * (HEIGHT + GAP);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n",
                WIDTH + 20,
                height + 10));
        for (int i = 0; i < all.size(); i++) {
            draw(svg, all.get(i), GAP + i * (HEIGHT + GAP));
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, svg.append("</svg>\n"));
    }

    private static void draw(StringBuilder svg, SoakSeries series, int top) {
        double max = Math.max(series.max(), 1e-9);
        StringBuilder points = new StringBuilder();
        int last = Math.max(1, series.values().size() - 1);
        for (int i = 0; i < series.values().size(); i++) {
            points.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    10 + WIDTH * (double) i / last,
                    top + HEIGHT - HEIGHT * series.values().get(i) / max));
        }
        svg.append(String.format(
                Locale.ROOT, "<text x=\"10\" y=\"%d\">%s, up to %.0f</text>%n", top - 6, series.name(), series.max()));
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"10\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#f4f4f4\"/>%n",
                top,
                WIDTH,
                HEIGHT));
        svg.append("<polyline fill=\"none\" stroke=\"#246\" stroke-width=\"1.5\" points=\"")
                .append(points)
                .append("\"/>\n");
    }
}
