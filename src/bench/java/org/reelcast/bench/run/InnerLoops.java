package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What is done to each packet, measured alone by JMH. */
final class InnerLoops implements Scenario {
    @Override
    public String name() {
        return "loops";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        OptionsBuilder options = new OptionsBuilder();
        options.include("org\\.reelcast\\..*Loops?\\.")
                .forks(1)
                .warmupIterations(3)
                .measurementIterations(5)
                .warmupTime(TimeValue.seconds(1))
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT);
        for (RunResult result : new Runner(options.build()).run()) {
            JsonObject figures = new JsonObject();
            figures.addProperty("ns", Figures.round(result.getPrimaryResult().getScore()));
            figures.addProperty(
                    "errorNs", Figures.round(result.getPrimaryResult().getScoreError()));
            for (Result<?> more : result.getSecondaryResults().values()) {
                if (more.getLabel().endsWith("gc.alloc.rate.norm")) {
                    figures.addProperty("allocated", (double) Math.round(more.getScore()));
                }
            }
            String method = result.getParams().getBenchmark();
            run.line(name() + "/" + method.substring(method.lastIndexOf('.') + 1), figures);
        }
    }
}
