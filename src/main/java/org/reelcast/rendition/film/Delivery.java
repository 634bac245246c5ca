package org.reelcast.rendition.film;

import java.util.Locale;
import java.util.Optional;

/**
 * How a track goes to viewers by one kind of output.
 *
 * @param why   a clause; empty when there is nothing to say
 * @param cores of this machine that are busy while it plays for the first time
 */
public record Delivery(Handling how, Optional<String> why, double cores) {
    private static final double WORTH_SAYING = 0.005;

    static Delivery of(Handling how) {
        return new Delivery(how, Optional.empty(), 0);
    }

    static Delivery of(Handling how, String why) {
        return new Delivery(how, Optional.of(why), 0);
    }

    /** For people: {@code re-encoded (it has B-frames; 0.42 cores)}. */
    public String words() {
        String cost = cores < WORTH_SAYING ? "" : String.format(Locale.ROOT, "%.2f cores", cores);
        String more = why.map(reason -> cost.isEmpty() ? reason : reason + "; " + cost)
                .orElse(cost);
        return how.words() + (more.isEmpty() ? "" : " (" + more + ")");
    }
}
