package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.reelcast.bench.report.Results;

/** What the scenarios of one run share. */
public final class BenchRun implements AutoCloseable {
    private final Results results;
    private final boolean quick;
    private final boolean runs;
    private LoadProcess load;

    /**
     * @param quick whether a look will do
     * @param runs  whether the load takes segmented runs whole
     */
    public BenchRun(Results results, boolean quick, boolean runs) {
        this.results = results;
        this.quick = quick;
        this.runs = runs;
    }

    boolean quick() {
        return quick;
    }

    /** The load client, one for all scenarios: its own warming up is nobody's business after the first. */
    LoadProcess load() throws IOException {
        load = load == null ? newLoad() : load;
        return load;
    }

    /** A load client beside it, the caller's to end. */
    LoadProcess newLoad() throws IOException {
        return new LoadProcess(runs);
    }

    /** Keeps a line and shows it. @param id scenario, slash, line */
    void line(String id, JsonObject figures) {
        results.put(id, figures);
        try {
            results.save();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println(id + "  " + figures);
    }

    @Override
    public void close() throws IOException {
        if (load != null) {
            load.end();
        }
    }

    /** Says what viewers complained of. */
    static void complain(List<String> failures) {
        failures.stream().distinct().limit(3).forEach(failure -> System.out.println("  failed: " + failure));
    }
}
