package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import org.reelcast.bench.report.Results;

/**
 * What the scenarios of one run share.
 *
 * @param quick whether a look will do
 * @param runs  whether the load takes segmented runs whole
 */
public record Run(Results results, boolean quick, boolean runs) {

    /** The load client that this run wants. */
    LoadProcess load() throws IOException {
        return new LoadProcess(runs);
    }

    /** Keeps a line and shows it. @param id scenario, slash, line */
    void line(String id, JsonObject figures) {
        results.put(id, figures);
        System.out.println(id + "  " + figures);
    }

    /** Says what viewers complained of. */
    static void complain(List<String> failures) {
        failures.stream().distinct().limit(3).forEach(failure -> System.out.println("  failed: " + failure));
    }
}
