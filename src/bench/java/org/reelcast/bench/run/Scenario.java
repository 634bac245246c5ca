package org.reelcast.bench.run;

/** One part of the benchmark, which can be run alone. */
public interface Scenario {

    /** As {@code -Dbench.scenarios} names it; its lines' names begin with it. */
    String name();

    /** Measures and puts its lines into the results. */
    void run(BenchRun run) throws Exception;
}
