package org.reelcast.e2e;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the browser itself makes of a film, in a plain video element.
 *
 * @param shape  width and height at the end; 0 without a picture
 * @param energy of its sound, 0 without any
 * @param bars   colours of a film of test bars, 0.5 s after its start
 */
record PlainPlay(List<Integer> shape, double energy, JsonElement bars) {
    /** Less than anybody hears. */
    private static final double ENERGY_LIMIT_DB = 1;
    /** What has less is noise, of which it matters where the film begins and ends to the millisecond. */
    private static final double LEAST_ENERGY = 1e-4;

    /** What is otherwise where the same film has that shape and sound, one sentence each. */
    List<String> differences(List<Integer> shown, double heard) {
        List<String> differences = new ArrayList<>();
        if (hasPicture() && !shape.equals(shown)) {
            differences.add("it was shown in " + shown + " where Chromium itself shows " + shape);
        }
        if (energy > LEAST_ENERGY && !(Math.abs(louderDb(heard)) <= ENERGY_LIMIT_DB)) {
            differences.add(String.format(
                    Locale.ROOT, "its sound was %.1f dB louder than Chromium itself plays it", louderDb(heard)));
        }
        return differences;
    }

    /** Whether it shows anything: of a film whose picture it does not know it plays the sound alone. */
    boolean hasPicture() {
        return shape.get(0) > 0;
    }

    /** By how much such sound is louder than its own. */
    double louderDb(double heard) {
        return 10 * Math.log10(heard / energy);
    }
}
