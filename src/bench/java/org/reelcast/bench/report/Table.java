package org.reelcast.bench.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** A table of lines, a column a figure. A figure measured while the machine had no idle time has a star. */
final class Table {
    private static final double LITTLE_IDLE = 0.05;

    private final Results results;
    private final String first;
    private final List<String> heads = new ArrayList<>();
    private final List<String> figures = new ArrayList<>();
    private final List<Double> factors = new ArrayList<>();

    /** @param first head of the column of names */
    Table(Results results, String first) {
        this.results = results;
        this.first = first;
    }

    Table column(String head, String figure) {
        return column(head, figure, 1);
    }

    Table column(String head, String figure, double factor) {
        heads.add(head);
        figures.add(figure);
        factors.add(factor);
        return this;
    }

    /** The table of all lines of a scenario, in the order given; those never measured are left out. */
    String of(String scenario, List<String> lines) {
        StringBuilder table = new StringBuilder("| " + first + " | " + String.join(" | ", heads)
                + " | measured |\n|---|" + "---|".repeat(heads.size() + 1) + "\n");
        for (String line : lines) {
            results.line(scenario + "/" + line).ifPresent(figures -> table.append(row(line, figures)));
        }
        return table.toString();
    }

    private String row(String name, JsonObject line) {
        boolean busy = line.has("idle")
                && !line.get("idle").isJsonNull()
                && line.get("idle").getAsDouble() < LITTLE_IDLE;
        StringBuilder row = new StringBuilder("| " + name + (busy ? " *" : ""));
        for (int i = 0; i < figures.size(); i++) {
            row.append(" | ").append(text(line.get(figures.get(i)), factors.get(i)));
        }
        return row.append(" | ")
                .append(line.get("date").getAsString())
                .append(", ")
                .append(line.get("commit").getAsString())
                .append(
                        line.get("how").getAsString().equals("full")
                                ? ""
                                : ", " + line.get("how").getAsString())
                .append(" |\n")
                .toString();
    }

    private static String text(JsonElement value, double factor) {
        if (value == null || value.isJsonNull()) {
            return "–";
        }
        double number = value.getAsDouble() * factor;
        double rounded = Math.abs(number) >= 100 ? Math.rint(number) : number;
        return BigDecimal.valueOf(rounded)
                .round(new MathContext(Math.abs(rounded) >= 1000 ? 9 : 3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
