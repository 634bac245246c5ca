package org.reelcast.bench.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * How viewers came in.
 *
 * @param firstPacketMs from playStream to the first packet, of those who got in
 * @param firstKeyMs    from playStream to the first packet of a key frame
 * @param failures      why others did not
 */
public record Joined(List<Double> firstPacketMs, List<Double> firstKeyMs, List<String> failures) {

    static Joined of(JsonObject answer) {
        return new Joined(
                numbers(answer.getAsJsonArray("firstPacketMs")),
                numbers(answer.getAsJsonArray("firstKeyMs")),
                texts(answer.getAsJsonArray("failures")));
    }

    private static List<Double> numbers(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsDouble).toList();
    }

    static List<String> texts(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsString).toList();
    }

    /** Both together. */
    public Joined and(Joined other) {
        return new Joined(
                joined(firstPacketMs, other.firstPacketMs),
                joined(firstKeyMs, other.firstKeyMs),
                joined(failures, other.failures));
    }

    private static <T> List<T> joined(List<T> a, List<T> b) {
        List<T> both = new ArrayList<>(a);
        both.addAll(b);
        return both;
    }

    /** @param part 0.5 is the median; NaN when there is none */
    public static double percentile(List<Double> values, double part) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.max(0, Math.ceil(part * sorted.size()) - 1));
    }

    /** Writes the four percentiles into a line. */
    void into(JsonObject figures) {
        figures.addProperty("firstPacketP50Ms", Figures.round(percentile(firstPacketMs, 0.5)));
        figures.addProperty("firstPacketP95Ms", Figures.round(percentile(firstPacketMs, 0.95)));
        figures.addProperty("firstKeyP50Ms", Figures.round(percentile(firstKeyMs, 0.5)));
        figures.addProperty("firstKeyP95Ms", Figures.round(percentile(firstKeyMs, 0.95)));
        figures.addProperty("joined", firstKeyMs.size());
        figures.addProperty("failed", failures.size());
    }
}
