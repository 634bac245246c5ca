package org.reelcast.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import org.reelcast.bench.linux.ProcFs;
import org.reelcast.bench.report.Machine;
import org.reelcast.bench.report.Page;
import org.reelcast.bench.report.Results;
import org.reelcast.bench.run.BenchRun;
import org.reelcast.bench.run.Scenario;
import org.reelcast.bench.run.Scenarios;

/** Runs the benchmark and writes its page: see docs/testing.md. */
public final class Bench {
    private Bench() {}

    /** Settings are system properties: {@code bench.quick}, {@code bench.scenarios}, {@code bench.runs}. */
    public static void main(String[] args) throws Exception {
        if (!ProcFs.isThere()) {
            System.out.println("The benchmark reads CPU times from /proc and receives by Linux' system calls:"
                    + " it runs on Linux alone.");
            return;
        }
        LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
        boolean quick = flag("bench.quick");
        String names = System.getProperty("bench.scenarios", "");
        List<Scenario> chosen = names.equals("none")
                ? List.of()
                : Scenarios.choose(names.isBlank() ? List.of() : List.of(names.split(",")), quick);
        Results results = Results.open(
                Path.of(quick ? "target/bench/quick.json" : "docs/benchmarks.json"),
                Git.commit(),
                quick ? "quick" : "full");
        boolean failed = false;
        try (BenchRun run = new BenchRun(results, quick, flag("bench.runs"))) {
            for (Scenario scenario : chosen) {
                System.out.println("== " + scenario.name());
                failed |= !measure(scenario, run);
            }
        }
        report(results, quick);
        System.exit(failed ? 1 : 0);
    }

    /** One that fails leaves the others and its older lines alone. */
    private static boolean measure(Scenario scenario, BenchRun run) {
        try {
            scenario.run(run);
            return true;
        } catch (Exception e) {
            e.printStackTrace();
            return false;
        }
    }

    private static void report(Results results, boolean quick) throws IOException {
        results.put("machine", Machine.line());
        results.save();
        Path docs = Path.of("docs");
        Path out = quick ? Path.of("target", "bench") : docs;
        new Page(results, out.resolve("images")).write(docs.resolve("benchmarks.md"), out.resolve("benchmarks.md"));
        System.out.println("See " + out.resolve("benchmarks.md"));
    }

    /** Set without a value, or to true. */
    private static boolean flag(String name) {
        String value = System.getProperty(name, "false");
        return value.isEmpty() || Boolean.parseBoolean(value);
    }
}
