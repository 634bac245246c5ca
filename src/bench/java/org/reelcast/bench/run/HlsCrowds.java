package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import org.reelcast.bench.linux.ProcFs;
import org.reelcast.e2e.harness.ReelcastProcess;

/**
 * A thousand players of one low-latency broadcast, who ask as hls.js does: how late held requests are answered, and what
 * it costs. Then what a held request and a live stream take of the heap.
 */
final class HlsCrowds implements Scenario {
    private static final String STREAM = "vod-live%3A%2F%2Ffilm.mp4";
    private static final String LIST = "/" + STREAM + "/live.m3u8";
    private static final int HELD = 2_000;
    private static final int STREAMS = 50;

    @Override
    public String name() {
        return "hls-crowd";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        Server starting = Server.startLarge(name()).with(Films.halfAMegabit(), "film.mp4");
        for (int i = 0; i < STREAMS; i++) {
            starting.with(Films.halfAMegabit(), "film" + i + ".mp4");
        }
        try (Server server = starting;
                LoadProcess load = run.load()) {
            HlsAsker hls = new HlsAsker(server.process().ports().hls());
            hls.bytes("/" + STREAM + "/index.m3u8");
            crowd(run, server, load, hls);
            held(run, server, load, hls);
            streams(run, server, hls);
        }
    }

    private void crowd(BenchRun run, Server server, LoadProcess load, HlsAsker hls) {
        for (int viewers : run.quick() ? new int[] {1000} : new int[] {100, 300, 1000}) {
            load.playHls(hls.url(LIST), viewers, true);
            Pause.seconds(4);
            Warmth.await(server, run.quick() ? 6 : 30);
            double seconds = run.quick() ? 6 : 20;
            load.markHls();
            double cpu = ProcFs.cpuSeconds(server.pid());
            double client = ProcFs.cpuSeconds(load.pid());
            double idle = ProcFs.idleSeconds();
            Pause.seconds(seconds);
            JsonObject figures = load.reportHls();
            figures.addProperty("serverCores", Figures.round((ProcFs.cpuSeconds(server.pid()) - cpu) / seconds));
            figures.addProperty("clientCores", Figures.round((ProcFs.cpuSeconds(load.pid()) - client) / seconds));
            figures.addProperty(
                    "idle",
                    Figures.round((ProcFs.idleSeconds() - idle)
                            / seconds
                            / Runtime.getRuntime().availableProcessors()));
            figures.addProperty("rssMb", Figures.round(ProcFs.residentMb(server.pid())));
            load.leaveSegments();
            run.line(name() + "/" + viewers, figures);
        }
    }

    /** Of connections on which a request is held, and of the same number that wait for nothing. */
    private void held(BenchRun run, Server server, LoadProcess load, HlsAsker hls) throws Exception {
        load.playHls(hls.url(LIST), HELD, false);
        Pause.seconds(3);
        double with = liveHeap(server.process());
        load.leaveSegments();
        Pause.seconds(2);
        try (IdleConnections idle = new IdleConnections(server.process().ports().hls(), LIST, 2 * HELD)) {
            double without = liveHeap(server.process());
            JsonObject figures = new JsonObject();
            figures.addProperty("held", HELD);
            figures.addProperty("heapAHeldKb", Figures.round((with - without) / HELD / 1024));
            run.line(name() + "/memory, a held request", figures);
        }
    }

    private void streams(BenchRun run, Server server, HlsAsker hls) throws Exception {
        double before = liveHeap(server.process());
        for (int i = 0; i < STREAMS; i++) {
            hls.bytes("/vod-live%3A%2F%2Ffilm" + i + ".mp4/live.m3u8");
        }
        Pause.seconds(2);
        JsonObject figures = new JsonObject();
        figures.addProperty("streams", STREAMS);
        figures.addProperty("heapAStreamKb", Figures.round((liveHeap(server.process()) - before) / STREAMS / 1024));
        run.line(name() + "/memory, a broadcast that nobody fetches", figures);
    }

    /** Bytes of all objects that are needed: the histogram is made after a full collection. */
    private static double liveHeap(ReelcastProcess process) {
        String[] total = process.jcmd("GC.class_histogram")
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow()
                .trim()
                .split("\\s+");
        return Double.parseDouble(total[2]);
    }
}
