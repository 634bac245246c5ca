package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.reelcast.bench.linux.ProcFs;
import org.reelcast.bench.linux.TcpTraffic;
import org.reelcast.e2e.harness.ClusterNodes;
import org.reelcast.e2e.harness.RestClient;

/** The same viewers of the same broadcasts on one node and spread over three, all on this machine; what nodes tell each other. */
final class Nodes implements Scenario {
    private static final int VIEWERS = 600;
    private static final int BROADCASTS = 100;

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        measure(run, 1, "one node");
        measure(run, 3, "three nodes");
    }

    private void measure(BenchRun run, int count, String line) throws IOException {
        int part = run.quick() ? 5 : 1;
        int viewers = VIEWERS / part;
        try (ClusterNodes nodes = ClusterNodes.start(
                        "bench-cluster-" + count,
                        count,
                        builder -> builder.jvm("-XX:TieredStopAtLevel=4")
                                .set("vod_live_loop", true)
                                .set("admission_max_load", 0)
                                .set("viewer_adaptation", false));
                LoadProcess load = run.load()) {
            nodes.put(Films.round(), "film.mp4");
            List<String> streams = broadcasts(nodes, BROADCASTS / part);
            List<String> failures = new ArrayList<>();
            for (int node = 0; node < count; node++) {
                failures.addAll(load.join("node " + node, nodes.server(node).wsUrl(), streams, viewers / count, 50)
                        .failures());
            }
            BenchRun.complain(failures);
            Pause.seconds(run.quick() ? 10 : 60);
            run.line(name() + "/" + line + ", " + viewers, window(nodes, count, load, run.quick() ? 6 : 20));
        }
    }

    private static List<String> broadcasts(ClusterNodes nodes, int count) {
        List<String> names =
                IntStream.range(0, count).mapToObj(i -> "broadcast-" + i).toList();
        for (String name : names) {
            RestClient.Answer answer = nodes.rest(0).post("/vod/startup", """
                    {"uri": "vod-live://film.mp4", "localStreamName": "%s"}""".formatted(name));
            if (answer.status() != 200) {
                throw new IllegalStateException(answer.body());
            }
        }
        return names;
    }

    private static JsonObject window(ClusterNodes nodes, int count, LoadProcess load, double seconds)
            throws IOException {
        TcpTraffic traffic = TcpTraffic.of(nodes.gridPorts());
        double idle = ProcFs.idleSeconds();
        double client = ProcFs.cpuSeconds(load.pid());
        double cpu = cpu(nodes, count);
        load.mark();
        long startNs = System.nanoTime();
        Pause.seconds(seconds);
        double took = (System.nanoTime() - startNs) / 1e9;
        double used = cpu(nodes, count) - cpu;
        JsonObject figures = load.report();
        TcpTraffic between = TcpTraffic.of(nodes.gridPorts()).since(traffic);
        double packets = figures.get("packets").getAsDouble();
        figures.addProperty("seconds", Figures.round(took));
        figures.addProperty("usAPacket", Figures.round(used * 1e6 / packets));
        figures.addProperty("serverCores", Figures.round(used / took));
        figures.addProperty("clientCores", Figures.round((ProcFs.cpuSeconds(load.pid()) - client) / took));
        figures.addProperty(
                "idle",
                Figures.round((ProcFs.idleSeconds() - idle)
                        / took
                        / Runtime.getRuntime().availableProcessors()));
        figures.addProperty("packetsS", Math.round(packets / took));
        figures.addProperty("betweenMessagesS", Figures.round(between.segments() / took));
        figures.addProperty("betweenBytesS", Figures.round(between.bytes() / took));
        return figures;
    }

    private static double cpu(ClusterNodes nodes, int count) {
        return IntStream.range(0, count)
                .mapToDouble(node -> ProcFs.cpuSeconds(nodes.server(node).pid()))
                .sum();
    }
}
