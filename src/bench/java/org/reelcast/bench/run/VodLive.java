package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.util.List;
import org.reelcast.bench.linux.ProcFs;

/** One broadcast of a film that has been played before, ever more viewers. */
final class VodLive implements Scenario {
    private static final List<String> STREAM = List.of("vod-live://film.mp4");
    private static final int FEW = 20;
    private static final int CROWD = 500;

    @Override
    public String name() {
        return "vod-live";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        try (Server server = Server.start(name()).with(Films.round(), "film.mp4");
                LoadProcess load = run.load()) {
            memory(run, server, load);
            int present = 0;
            for (int viewers : run.quick() ? List.of(50, 200) : List.of(10, 50, 200, 500, 1000)) {
                Joined joined = load.join("all", server.url(), STREAM, viewers - present, 100);
                present = viewers;
                BenchRun.complain(joined.failures());
                Pause.seconds(2);
                Warmth.await(server, run.quick() ? 6 : 16);
                JsonObject figures = server.measure(load, run.quick() ? 6 : 8);
                joined.into(figures);
                run.line(name() + "/" + viewers, figures);
            }
        }
    }

    /**
     * From a server that has played to a few to one that plays to a crowd. It is the warm-up too: what comes after it
     * would find the heap grown already.
     */
    private void memory(BenchRun run, Server server, LoadProcess load) {
        int crowd = run.quick() ? CROWD / 2 : CROWD;
        load.join("few", server.url(), STREAM, FEW, 10);
        Pause.seconds(run.quick() ? 4 : 10);
        load.leave();
        Pause.seconds(1);
        double before = ProcFs.residentMb(server.pid());
        BenchRun.complain(load.join("crowd", server.url(), STREAM, crowd, 60).failures());
        Pause.seconds(5);
        Warmth.await(server, run.quick() ? 10 : 30);
        double after = ProcFs.residentMb(server.pid());
        load.leave();
        Pause.seconds(2);
        JsonObject figures = new JsonObject();
        figures.addProperty("rssBeforeMb", Figures.round(before));
        figures.addProperty("rssMb", Figures.round(after));
        figures.addProperty("memoryAViewerKb", Figures.round((after - before) * 1024 / crowd));
        run.line(name() + "/memory, " + crowd, figures);
    }
}
